// Prints nginx's line with the content security policy, given what the web build wrote in csp.json.
import { readFileSync } from "node:fs";

const { script, style } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const policy = {
  "default-src": ["'self'"],
  "script-src": ["'self'", "'wasm-unsafe-eval'", ...script],
  "style-src": ["'self'", ...style],
  "img-src": ["'self'", "data:", "blob:"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};
const words = Object.entries(policy).map(([name, sources]) => [name, ...sources].join(" "));
console.log(`add_header Content-Security-Policy "${words.join("; ")}" always;`);
