"""The yardstick, run as a program of its own by an interpreter that has pabutools: seconds and projects of one `.pb` file.

pabutools is GPL and no part of this house: nothing here imports this file.
"""

import json
import sys
import time

from pabutools.election import Cost_Sat, parse_pabulib  # type: ignore[import-not-found]  # in another interpreter only
from pabutools.rules import method_of_equal_shares  # type: ignore[import-not-found]  # in another interpreter only

instance, profile = parse_pabulib(sys.argv[1])
began = time.perf_counter()
found = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=1)
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "funded": sorted(str(project) for project in found)}))
