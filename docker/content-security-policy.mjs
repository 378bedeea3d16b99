// Prints nginx's line with the content security policy, given what the web build wrote in csp.json.
import { readFileSync } from "node:fs";

const { script, style } = JSON.parse(readFileSync(process.argv[2], "utf8"));
// The same as the server's own, in crates/api/src/web.rs.
const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'", "'wasm-unsafe-eval'", ...script],
  "style-src": ["'self'", ...style],
  "img-src": ["'self'", "blob:", "data:"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "manifest-src": ["'self'"],
  "worker-src": ["'self'"],
  "form-action": ["'self'"],
  "base-uri": ["'none'"],
  "frame-ancestors": ["'none'"],
};
const words = Object.entries(policy).map(([name, sources]) => [name, ...sources].join(" "));
console.log(`add_header Content-Security-Policy "${words.join("; ")}" always;`);
