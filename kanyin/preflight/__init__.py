# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Finished PDFs read again, with other libraries than those that wrote them."""
