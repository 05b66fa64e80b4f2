// Settings: the defaults of the contract, and one clear line for every bad value.
import { expect, test } from "vitest";
import { originOf, readSettings, SettingError } from "./env.ts";

const cwd = "/srv/concord";

test("the defaults are the contract's, and empty means unset", () => {
  const defaults = {
    port: 4000,
    host: "127.0.0.1",
    publicUrl: "http://127.0.0.1:4000",
    trustProxy: false,
    dataDir: "/srv/concord/data",
    databaseUrl: null,
    redisUrl: null,
    adminToken: null,
    demo: true,
    maxText: 2_000_000,
    logLevel: "info",
    logDays: null,
  };
  expect(readSettings({}, cwd)).toEqual(defaults);
  const names =
    "PORT HOST PUBLIC_URL TRUST_PROXY DATA_DIR DATABASE_URL REDIS_URL ADMIN_TOKEN DEMO MAX_TEXT LOG_LEVEL LOG_DAYS";
  expect(readSettings(Object.fromEntries(names.split(" ").map((name) => [name, ""])), cwd)).toEqual(defaults);
});

test("every setting is taken over", () => {
  const adminToken = "0123456789abcdef0123456789abcdef";
  expect(
    readSettings(
      {
        PORT: "8080",
        HOST: "::",
        PUBLIC_URL: "https://Concord.example.org:443/",
        TRUST_PROXY: "1",
        DATA_DIR: "../shared/concord",
        DATABASE_URL: "postgres://me:secret@db/concord",
        REDIS_URL: "rediss://redis:6380/1",
        ADMIN_TOKEN: adminToken,
        DEMO: "0",
        MAX_TEXT: "10",
        LOG_LEVEL: "silent",
        LOG_DAYS: "30",
      },
      cwd,
    ),
  ).toEqual({
    port: 8080,
    host: "::",
    publicUrl: "https://concord.example.org",
    trustProxy: true,
    dataDir: "/srv/shared/concord",
    databaseUrl: "postgres://me:secret@db/concord",
    redisUrl: "rediss://redis:6380/1",
    adminToken,
    demo: false,
    maxText: 10,
    logLevel: "silent",
    logDays: 30,
  });
  expect(
    readSettings({ DATABASE_URL: "postgresql:///concord?host=/run/postgresql" }, cwd).databaseUrl,
  ).not.toBeNull();
  expect(readSettings({ PORT: "0", HOST: "notes.local" }, cwd)).toMatchObject({
    port: 0,
    publicUrl: "http://notes.local:0",
  });
});

test("the address follows host and port as a browser writes them", () => {
  expect(originOf("::1", 4000)).toBe("http://[::1]:4000");
  expect(originOf("0.0.0.0", 4000)).toBe("http://0.0.0.0:4000");
  expect(originOf("LOCALHOST", 80)).toBe("http://localhost");
});

test.each([
  ["PORT", "http", "whole number from 0 to 65535"],
  ["PORT", "65536", "whole number"],
  ["PORT", "-1", "whole number"],
  ["PORT", "4000.5", "whole number"],
  ["PORT", "4e3", "whole number"],
  ["PORT", " 4000", "whole number"],
  ["HOST", "localhost:4000", "without a port"],
  ["HOST", "[::1]", "IP address"],
  ["HOST", "http://localhost", "host name"],
  ["HOST", "256.0.0.1", "IP address"],
  ["HOST", "a b", "host name"],
  ["HOST", "-a", "host name"],
  ["PUBLIC_URL", "concord.example.org", "https://"],
  ["PUBLIC_URL", "ftp://concord.example.org", "https://"],
  ["PUBLIC_URL", "https://", "https://"],
  ["PUBLIC_URL", "https://example.org/concord", "path"],
  ["PUBLIC_URL", "https://example.org/?", "query"],
  ["PUBLIC_URL", "https://example.org#a", "fragment"],
  ["PUBLIC_URL", "https://me:hunter2@example.org", "password"],
  ["TRUST_PROXY", "true", "0 or 1"],
  ["DATABASE_URL", "mysql://me:hunter2@db/concord", "postgresql://"],
  ["DATABASE_URL", "me:hunter2", "postgresql://"],
  ["REDIS_URL", "http://me:hunter2@redis", "rediss://"],
  ["REDIS_URL", "redis", "redis://"],
  ["ADMIN_TOKEN", "hunter2", "32 or more"],
  ["ADMIN_TOKEN", "hunter2 hunter2 hunter2 hunter2 hunter2", "Authorization"],
  ["ADMIN_TOKEN", "hunter2hunter2hunter2hunter2hunter2é", "Authorization"],
  ["DEMO", "no", "0 or 1"],
  ["MAX_TEXT", "0", "whole number from 1"],
  ["MAX_TEXT", "2M", "whole number"],
  ["MAX_TEXT", "99999999999999999999", "whole number"],
  ["LOG_LEVEL", "verbose", "fatal, error, warn, info, debug, trace, silent"],
  ["LOG_LEVEL", "toString", "fatal"],
  ["LOG_DAYS", "0", "whole number from 1"],
  ["LOG_DAYS", "for\never", "whole number"],
])("%s=%j is refused", (variable, value, told) => {
  let message = "";
  try {
    readSettings({ [variable]: value }, cwd);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    message = error.message;
  }
  expect(message.startsWith(`${variable} `)).toBe(true);
  expect(message).toContain(told);
  expect(message).toContain("accepted: ");
  expect(message).not.toContain("\n");
  expect(message).not.toContain("hunter2");
});
