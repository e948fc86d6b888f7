"""Keeps records in the encrypted office file: tables, repositories, migrations, audit, backup."""
