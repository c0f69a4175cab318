"""Pools on a web server, in S3 and on the Hugging Face hub, all on this machine's loopback.

`make test-remote` brings DuckDB's extension httpfs and an S3 server; without them the tests that
need them are skipped.
"""

import datetime
import gzip
import http.server
import importlib.util
import json
import socket
import ssl
import threading
from pathlib import Path

import duckdb
import pytest


def has(module):
    return importlib.util.find_spec(module) is not None


needs_httpfs = pytest.mark.skipif(
    not has("duckdb_extension_httpfs"), reason="DuckDB's extension httpfs is not installed"
)
needs_s3 = pytest.mark.skipif(not has("moto"), reason="no S3 server: moto is not installed")


def lines(*prompts, models=("gpt-4", "bard")):
    return "".join(
        json.dumps({"prompt": prompt, "model": model, "response": f"{model} on {prompt}"}) + "\n"
        for prompt in prompts
        for model in models
    ).encode()


class Server:
    """Serves `files`, a dictionary from a path to bytes; `asked` lists what was asked for."""

    def __init__(self):
        self.files = {}
        self.asked = []
        # paths of which only a half is sent before the connection ends
        self.cut = set()
        self.changed = datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self):
                self.answer(body=False)

            def do_GET(self):
                self.answer(body=True)

            def answer(self, body):
                path = self.path.split("?")[0]
                outer.asked.append((self.command, path))
                content = outer.files.get(path)
                if content is None:
                    self.send_error(404)
                    return
                first, last = 0, len(content) - 1
                ranged = self.headers.get("Range")
                if ranged:
                    start, end = ranged.removeprefix("bytes=").split("-")
                    first, last = int(start), min(last, int(end)) if end else last
                self.send_response(206 if ranged else 200)
                if ranged:
                    self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
                self.send_header("Accept-Ranges", "bytes")
                self.send_header("Content-Length", str(last + 1 - first))
                self.send_header(
                    "Last-Modified", outer.changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
                )
                self.end_headers()
                if body and path in outer.cut:
                    self.wfile.write(content[first : first + (last + 1 - first) // 2])
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                elif body:
                    self.wfile.write(content[first : last + 1])

            def log_message(self, *args):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.handler = Handler
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def read(dbt_build, tmp_path):
    """Build what reads a pool; returns the prompts of its usable responses, or what dbt said."""

    def build(paths, *, check=True, project=None):
        settings = {"name": tmp_path.name, "only": ["responses", "int_prompts"], "check": check}
        if project:
            settings["project"] = project
        built = dbt_build({"responses_path": paths}, **settings)
        if built.returncode:
            return built.output
        with duckdb.connect(str(built.database), read_only=True) as connection:
            return [
                prompt
                for (prompt,) in connection.execute(
                    "select distinct prompt from stg_pool_responses order by 1"
                ).fetchall()
            ]

    return build


def test_without_the_extension_the_error_says_how_to_get_it(read):
    if has("duckdb_extension_httpfs"):
        pytest.skip("DuckDB's extension httpfs is installed")
    said = read("https://127.0.0.1/pool.jsonl", check=False)
    assert "needs DuckDB's extension httpfs, which is not installed: run `pip install" in said
    assert "'.[remote]'" in said


@needs_httpfs
def test_files_on_a_server_are_read_plain_and_packed(server, read):
    server.files = {
        "/plain.jsonl": lines("plain"),
        "/packed.jsonl.gz": gzip.compress(lines("packed")),
        "/table.csv": b"prompt,model,response\nin a table,gpt-4,one\nin a table,bard,two\n",
    }
    assert read([server.url + path for path in server.files]) == ["in a table", "packed", "plain"]


@needs_httpfs
def test_a_file_is_read_again_only_when_it_changed(server, read):
    server.files = {"/pool.jsonl": lines("first")}
    assert read(f"{server.url}/pool.jsonl") == ["first"]
    server.asked.clear()
    assert read(f"{server.url}/pool.jsonl") == ["first"]
    assert {method for method, _ in server.asked} <= {"HEAD"}
    server.files = {"/pool.jsonl": lines("other")}
    server.changed += datetime.timedelta(hours=1)
    assert read(f"{server.url}/pool.jsonl") == ["other"]


@needs_httpfs
def test_a_file_that_is_not_there_is_named(server, read):
    said = read(f"{server.url}/missing.jsonl", check=False)
    assert f"{server.url}/missing.jsonl" in said and "404" in said


@needs_httpfs
def test_a_wildcard_on_a_web_server_is_refused(server, read):
    said = read(f"{server.url}/*.jsonl", check=False)
    assert "a web server lists no files: name each file, as a list" in said
    assert server.asked == []


@needs_httpfs
def test_a_connection_that_ends_half_way_leaves_no_half_of_a_file(server, read):
    whole = [f"prompt {number}" for number in range(5000)]
    server.files = {"/pool.jsonl": lines("before")}
    assert read(f"{server.url}/pool.jsonl") == ["before"]
    server.files = {"/pool.jsonl": lines(*whole)}
    server.changed += datetime.timedelta(hours=1)
    server.cut = {"/pool.jsonl"}
    said = read(f"{server.url}/pool.jsonl", check=False)
    assert "Transferred a partial file" in said
    server.cut.clear()
    assert read(f"{server.url}/pool.jsonl") == sorted(whole)


@pytest.fixture
def s3(monkeypatch):
    import boto3
    from moto.server import ThreadedMotoServer

    for name, value in (("ACCESS_KEY_ID", "me"), ("SECRET_ACCESS_KEY", "secret")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
    client.create_bucket(Bucket="pools")
    yield f"{host}:{port}", client
    server.stop()


@needs_httpfs
@needs_s3
def test_files_in_s3_are_read_by_a_wildcard(s3, read, project_copy):
    endpoint, client = s3
    for name in ("a.jsonl", "b.jsonl", "c.jsonl.gz", "other.txt"):
        content = lines(name)
        client.put_object(
            Bucket="pools",
            Key=f"in/{name}",
            Body=gzip.compress(content) if name.endswith(".gz") else content,
        )
    project = project_copy
    profiles = project / "profiles.yml"
    secret = (
        f"secrets: [{{type: s3, key_id: me, secret: secret, region: us-east-1, "
        f"endpoint: '{endpoint}', url_style: path, use_ssl: false}}]"
    )
    text = profiles.read_text(encoding="utf-8")
    profiles.write_text(text.replace("threads: 1", f"threads: 1\n      {secret}"), encoding="utf-8")
    found = read("s3://pools/in/*.jsonl*", project=project)
    assert found == ["a.jsonl", "b.jsonl", "c.jsonl.gz"]
    assert "no file at s3://pools/none/*.jsonl" in read(
        "s3://pools/none/*.jsonl", project=project, check=False
    )


@needs_httpfs
@needs_s3
def test_files_on_the_hub_are_read_by_a_wildcard(server, read, project_copy, tmp_path):
    """The hub's own name, answered on loopback: a proxy, and a certificate made for the test."""
    folder = "/datasets/someone/pool/resolve/main"
    server.files = {f"{folder}/data/{name}.jsonl": lines(name) for name in ("first", "second")} | {
        "/api/datasets/someone/pool/tree/main/data": json.dumps(
            [
                {"type": "file", "oid": "0", "size": 1, "path": f"data/{name}.jsonl"}
                for name in ("first", "second")
            ],
            # DuckDB looks for no blanks
            separators=(",", ":"),
        ).encode()
    }
    authority, proxy = hub_on_loopback(server, tmp_path)
    project = project_copy
    profiles = project / "profiles.yml"
    text = profiles.read_text(encoding="utf-8")
    settings = f"ca_cert_file: '{authority}'\n        http_proxy: '{proxy}'"
    profiles.write_text(
        text.replace("config_options:", f"config_options:\n        {settings}"), encoding="utf-8"
    )
    assert read("hf://datasets/someone/pool/data/*.jsonl", project=project) == ["first", "second"]


def hub_on_loopback(server, folder):
    """A certificate's file and the address of a proxy that has `server` answer every host."""
    certificate, key = certificate_for("huggingface.co", folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self):
            self.send_response(200, "Connection established")
            self.end_headers()
            with context.wrap_socket(self.connection, server_side=True) as connection:
                server.handler(connection, self.client_address, self.server)
            self.close_connection = True

        def log_message(self, *args):
            pass

    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return certificate, f"http://127.0.0.1:{proxy.server_port}"


def certificate_for(host, folder):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = Path(folder, "certificate.pem"), Path(folder, "key.pem")
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
