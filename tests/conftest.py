"""What all tests share: none of them reads or writes the user's own cache folder."""

import os

os.environ["TOCSIN_CACHE"] = "off"
