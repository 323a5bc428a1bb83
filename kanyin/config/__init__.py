# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What people write by hand, read with line numbers: register, layouts, jobs. Here and in `readers` alone: pydantic."""
