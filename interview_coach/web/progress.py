"""How interviews compare over time, and what to practise next."""

from flask import Blueprint

bp = Blueprint("progress", __name__, url_prefix="/progress")
