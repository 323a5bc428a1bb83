# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.composition`."""

import sys

from bench.composition.run import main

sys.exit(main())
