"""Everything that is stored about a person: take it along, bring it back, delete it."""

from flask import Blueprint

bp = Blueprint("data", __name__, url_prefix="/data")
