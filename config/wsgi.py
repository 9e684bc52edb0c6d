"""What a web server loads.

Everything the program itself consists of is set aside for good before the first request. Otherwise
Python looks through all of it again and again for what could be thrown away, a tenth of a second
each time, in the middle of somebody's page: measured in docs/performance.md.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - reading them loads the views and all that they use
gc.collect()
gc.freeze()
