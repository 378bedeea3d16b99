// Reads the mail that the server would have sent, from the folder where it puts it instead.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = process.env.MAIL_DIR ?? ".local/data/mail";
const PATIENCE = 30_000;

/** Links are good once: a mail that was read is not looked at again. */
const read = new Set();

/** Waits for the newest mail to an address with a link to this path, or one like it, that has these words; gives the link's
 * path and fragment. */
export async function linkFor(address, path, words = "") {
  const fits = (url) => (path instanceof RegExp ? path.test(url.pathname) : url.pathname === path);
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    for (const { file, to, text } of await mails()) {
      const link = text.match(/https?:\/\/\S+/g)?.map((found) => new URL(found)).find(fits);
      if (to.includes(address) && text.includes(words) && link) {
        read.add(file);
        return link.pathname + link.search + link.hash;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${address} with a link to ${path}`);
}

async function mails() {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".eml") && !read.has(name));
  const found = await Promise.all(
    names.map(async (file) => {
      const path = join(FOLDER, file);
      const [{ mtimeMs }, source] = await Promise.all([stat(path), readFile(path, "latin1")]);
      return { file, mtimeMs, to: header(source, "to"), text: plain(source) };
    }),
  );
  return found.sort((one, other) => other.mtimeMs - one.mtimeMs);
}

/** The text of a mail for those who read no HTML. */
function plain(source) {
  const boundary = source.match(/boundary="?([^"\r\n;]+)/)?.[1];
  const parts = boundary ? source.split(`--${boundary}`).slice(1) : [source];
  const part = parts.find((part) => header(part, "content-type").startsWith("text/plain")) ?? parts[0];
  const body = part.slice(part.search(/\r?\n\r?\n/));
  switch (header(part, "content-transfer-encoding")) {
    case "quoted-printable":
      return body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    case "base64":
      return Buffer.from(body, "base64").toString("latin1");
    default:
      return body;
  }
}

function header(source, name) {
  const head = source.trimStart().split(/\r?\n\r?\n/)[0].replace(/\r?\n[ \t]+/g, " ");
  return head.match(new RegExp(`^${name}:\\s*(.*)$`, "im"))?.[1].trim() ?? "";
}
