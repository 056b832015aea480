"""The portal on a desk: drafts shown, problems listed on a page of their own."""

from pathlib import Path

# The project's folder: relative paths begin here, wherever the command is started.
PORTAL_ROOT = str(Path(__file__).resolve().parent)
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["plugins.builder"]

DEFAULT_LANG = "vi"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_PAGINATION = 20
FEED_MAX_ITEMS = 20

# The run in the project's root reads and writes nothing itself: every site has a run of its own.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []

# Texts are Markdown, and nothing else is read.
READERS = {"rst": None, "html": None, "htm": None}

# Each site has one feed, of its news; there are no categories, tags and authors.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
ARCHIVES_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
TAG_SAVE_AS = ""
TAGS_SAVE_AS = ""
USE_FOLDER_AS_CATEGORY = False

# What builds each site, in a Pelican run of its own.
PORTAL_SITE_PLUGINS = [
    "plugins.presentation",
    "plugins.articles",
    "plugins.procedures",
    "plugins.search",
    "plugins.dossiers",
    "plugins.province",
    "plugins.handbook",
    "plugins.entries",
    "plugins.open_data",
]
# Kinds of content: modules that export KINDS.
PORTAL_KINDS = ["plugins.articles", "plugins.procedures", "plugins.documents"]
# Show drafts and the page of problems, and ask search engines to stay away.
PORTAL_PREVIEW = True
# What editors read on a desk about how to write; "" is nothing.
PORTAL_HANDBOOK = "docs/content.md"
# Look also at what is not public yet, where it is not shown; `portal check` does.
PORTAL_CHECK_DRAFTS = False
# Put a gzip copy beside every text file.
PORTAL_COMPRESS = False
# Where compiled sites and releases are kept.
PORTAL_BUILD_PATH = "build"
# How many sites are compiled at a time; 0 is one for each processor.
PORTAL_JOBS = 0
# Seconds without a sign of life after which a site's build is ended.
PORTAL_SITE_TIME_LIMIT = 120
# Go on although much of what is shown would disappear.
PORTAL_ALLOW_LOSS = False
# Of all sites: more than this in quarantine stop what is to be shown; 1 is never.
PORTAL_MOST_QUARANTINED = 1
# Look at every link, page and feed before a release is shown.
PORTAL_CHECK_RELEASES = False
# A git commit that is built in the place of the folder as it lies there; `--from` gives one.
PORTAL_COMMIT = ""
# Where large files of media/ lie of which git keeps a pointer: a folder, or what fsspec reaches; "" is nowhere.
PORTAL_FILE_STORE = ""
# Note every address that was published, and let none of them lead nowhere.
PORTAL_KEEP_ADDRESSES = False
# Releases kept to go back to.
PORTAL_KEPT_RELEASES = 5
# Where emergency notices are kept; "" is the folder of DOSSIER_STATE_PATH.
PORTAL_ALERTS_PATH = ""
# A key of ssh-keygen's that releases are signed with; "" signs none.
PORTAL_SIGNING_KEY = ""

# What the environment says of dossiers wins; plugins/dossiers/settings.py reads both.
# The service backend that is asked how many dossiers there are; "" is none. Its token stands in the environment.
DOSSIER_BACKEND_URL = ""
# What the public is told that the figures come from; "" is the host of the backend's address.
DOSSIER_SOURCE_NAME = ""
# How to read a backend that does not keep to the contract: JMESPath expressions, or the name of a YAML file.
DOSSIER_MAPPING = {}
# The public address that browsers ask about one dossier; "" is none, and the page leads elsewhere.
DOSSIER_LOOKUP_URL = ""
# The code of a dossier that it knows, shown as an example on that page; "" shows none.
DOSSIER_LOOKUP_EXAMPLE = ""
# Where the last good figures and their history are kept: back it up.
DOSSIER_STATE_PATH = "var/dossiers"
# Seconds that asking the backend may take in all.
DOSSIER_TIME_LIMIT = 10
# Hours after which figures are shown as not updated.
DOSSIER_STALE_AFTER = 24
