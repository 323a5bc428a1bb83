# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""HTML in, stamped PDF out. The only room that touches WeasyPrint and pypdf."""
