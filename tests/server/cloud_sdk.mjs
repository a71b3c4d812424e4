// Asks a service as users of the official Node SDK do: a JSON list of cases on stdin, a JSON list of outcomes on stdout.
//   case     {endpoint, action, secretId, secretKey, parameters, at?, method?, signMethod?}
//   outcome  {response} or {code, requestId}
import { createRequire } from "node:module";
import { join } from "node:path";
import { readFileSync } from "node:fs";

const require = createRequire(join(process.env.CLOUD_SDK, "package.json"));
const { ocr } = require("tencentcloud-sdk-nodejs-ocr");
delete process.env.http_proxy; // the SDK sends everything through it, loopback too

const Real = Date;
function setClock(at) {
  globalThis.Date = at === undefined ? Real : class extends Real {
    constructor(...given) { super(...(given.length ? given : [at * 1000])); }
    static now() { return at * 1000; }
  };
}

const outcomes = [];
for (const one of JSON.parse(readFileSync(0, "utf8"))) {
  setClock(one.at);
  const client = new ocr.v20181119.Client({
    credential: { secretId: one.secretId, secretKey: one.secretKey },
    profile: {
      signMethod: one.signMethod,
      httpProfile: { endpoint: one.endpoint, protocol: "http://", reqMethod: one.method ?? "POST" },
    },
  });
  try {
    outcomes.push({ response: await client[one.action](one.parameters) });
  } catch (error) {
    outcomes.push({ code: error.code ?? null, requestId: error.requestId ?? null });
  }
}
process.stdout.write(JSON.stringify(outcomes));
