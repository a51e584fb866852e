"""A short note after each answer, and the switch for it."""

from flask import Blueprint

bp = Blueprint("coaching", __name__, url_prefix="/interviews/<id>/coaching")
