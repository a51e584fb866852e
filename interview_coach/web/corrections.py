"""Putting right what was heard of a spoken answer."""

from flask import Blueprint

bp = Blueprint("corrections", __name__, url_prefix="/interviews/<id>/corrections")
