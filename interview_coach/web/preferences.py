"""Choices that hold for every page."""

from flask import Blueprint

bp = Blueprint("preferences", __name__, url_prefix="/preferences")
