"""``python -m tests.server.obedient_service``: the service over `ObedientEngine`."""

from server.app import create_app, open_pool
from server.serve import serve_app
from server.settings import Settings
from tests.server.doubles import ObedientEngine

if __name__ == "__main__":
    settings = Settings(no_auth=True, port=0, workers=1)
    serve_app(create_app(settings, open_pool(settings, ObedientEngine)), settings)
