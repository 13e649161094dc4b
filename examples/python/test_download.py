"""Tests against a server over HTTP, with the standard library only: python3 -m unittest test_download.py

Here the client under test is the virtual device. Replace it with your own client.
"""

import datetime
import json
import os
import re
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

COMMAND = os.environ.get("MOCK_SMDP", "node_modules/.bin/mock-smdp").split()


class DownloadTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.certs = os.path.join(cls.folder.name, "certs")
        cls.server = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", "--admin-port", "0", "--certs", cls.certs]
            + ["--database", ":memory:", "--seed", "none"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for line in cls.server.stdout:
            ready = re.match(r"mock-smdp is ready: devices at (\S+), operators at (\S+)", line)
            if ready:
                cls.operators = ready[2]
                return
        raise RuntimeError("mock-smdp did not start")

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()
        cls.server.stdout.close()
        cls.folder.cleanup()

    def setUp(self):
        self.call("POST", "/reset")

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.operators}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"} if body is not None else {},
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def download(self, activation_code):
        return subprocess.run(
            [*COMMAND, "device", "download", activation_code, "--certs", self.certs]
            + ["--state", os.path.join(self.folder.name, f"{self.id()}.json")],
            capture_output=True,
            text=True,
        )

    def test_installs_a_profile(self):
        profile = self.call("POST", "/profiles", {"label": "my test"})
        self.assertEqual(self.download(profile["activationCode"]).returncode, 0)
        self.assertEqual(self.call("GET", f"/profiles/{profile['iccid']}")["state"], "Installed")

    def test_says_that_the_order_has_expired(self):
        in_an_hour = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        profile = self.call("POST", "/profiles", {"validUntil": in_an_hour.isoformat()})
        self.call("PUT", "/clock", {"advance": {"hours": 2}})
        self.assertIn("8.8.5", self.download(profile["activationCode"]).stderr)

    def test_asks_again_after_the_server_has_failed_once(self):
        self.call("POST", "/faults", {"function": "getBoundProfilePackage", "httpStatus": 503, "times": 1})
        profile = self.call("POST", "/profiles")
        self.assertIn("503", self.download(profile["activationCode"]).stderr)
        self.assertEqual(self.download(profile["activationCode"]).returncode, 0)
        # If the expectation is not met, the server answers 417, and urlopen raises an HTTPError.
        expect = {"function": "getBoundProfilePackage", "iccid": profile["iccid"]}
        self.call("POST", "/verify", {"expect": expect, "count": {"exactly": 2}})

    def test_refuses_what_is_wrong(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.call("POST", "/profiles", {"eid": "no EID"})
        with refused.exception as answer:
            self.assertEqual(json.loads(answer.read())["errors"][0]["field"], "eid")


if __name__ == "__main__":
    unittest.main()
