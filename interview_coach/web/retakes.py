"""Answering one question of a finished interview once more, and what changed."""

from flask import Blueprint

bp = Blueprint("retakes", __name__, url_prefix="/interviews/<id>/retakes")
