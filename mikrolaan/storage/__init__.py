"""Keeps records in the encrypted office file: keys, tables, repositories, lists, migrations, audit and backup."""
