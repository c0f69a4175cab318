"""Pools on the web, read by DuckDB's extension httpfs where it is installed."""

import http.server
import json
import threading

import duckdb
import pytest


def has_httpfs():
    installed = duckdb.sql(
        "select installed from duckdb_extensions() where extension_name = 'httpfs'"
    ).fetchall()
    return bool(installed and installed[0][0])


def test_without_the_extension_the_error_says_how_to_get_it(dbt_build):
    if has_httpfs():
        pytest.skip("DuckDB's extension httpfs is installed")
    built = dbt_build(
        vars={"responses_path": "https://127.0.0.1/pool.jsonl"}, name="remote", check=False
    )
    assert built.returncode == 1
    assert "needs DuckDB's extension httpfs, which is not installed: run" in built.output
    assert "install httpfs" in built.output


def test_a_pool_on_a_server_is_read(dbt_build, tmp_path):
    if not has_httpfs():
        pytest.skip("DuckDB's extension httpfs is not installed")
    rows = [{"prompt": "p", "model": name, "response": name} for name in ("gpt-4", "bard")]
    (tmp_path / "pool.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, directory=str(tmp_path), **kwargs)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        built = dbt_build(
            vars={"responses_path": f"http://127.0.0.1:{server.server_port}/pool.jsonl"},
            name="remote",
        )
    finally:
        server.shutdown()
    with duckdb.connect(str(built.database), read_only=True) as connection:
        assert connection.execute("select count(*) from responses").fetchone() == (2,)
