"""The application that servers and `flask --app wsgi` find."""

import gc
import os
import sys

from app.core.jobs import embed
from app.wiring import create_app

# Whatever is loaded now stays: looking for garbage meanwhile finds none.
gc.disable()
by_command = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
app = create_app({"MIGRATIONS": by_command})
if os.environ.get("EMBEDDED_JOBS") == "1" and not by_command:
    if "--preload" in sys.argv:
        # The server is about to fork its workers: threads do not cross over, so that each begins its own.
        os.register_at_fork(after_in_child=lambda: embed(app))
    else:
        embed(app)
if not by_command:
    # What stands now stands for ever: nothing of it is looked through again, and forked workers share it.
    gc.freeze()
gc.enable()
