// Bundle the style sheet, the script and the pictures into static/build/ under names that change with their content,
// write manifest.json (logical name → file) and a gzip copy of every text file. start.py runs this.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const SOURCE = "static";
const TARGET = "static/build";
const FRESH = "static/.build";
const BUNDLES = ["static/css/site.css", "static/js/site.js", "static/js/witness.js"];
const PICTURES = /\.(svg|png|webp|ico|webmanifest)$/;
const TEXT = /\.(css|js|svg|json|webmanifest)$/;
const manifest = {};

function keep(logical, bytes) {
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const ending = extname(logical);
  const file = join(dirname(logical), `${basename(logical, ending)}-${mark}${ending}`);
  mkdirSync(join(FRESH, dirname(file)), { recursive: true });
  writeFileSync(join(FRESH, file), bytes);
  if (TEXT.test(file)) writeFileSync(join(FRESH, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  manifest[logical] = file;
}

rmSync(FRESH, { recursive: true, force: true });
mkdirSync(FRESH, { recursive: true });

const made = await build({
  entryPoints: BUNDLES.filter((path) => existsSync(path)),
  bundle: true, minify: true, write: false, outdir: FRESH, entryNames: "[name]", metafile: true,
  target: ["es2020", "chrome100", "firefox100", "safari15"], charset: "utf8", legalComments: "none",
  external: ["*.svg", "*.png"], logLevel: "warning",
});
for (const output of made.outputFiles) keep(basename(output.path), output.contents);

for (const entry of readdirSync(SOURCE, { recursive: true, withFileTypes: true })) {
  const path = relative(SOURCE, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/");
  if (entry.isFile() && PICTURES.test(path) && !/^(\.?build|css|js)\//.test(path)) keep(path, readFileSync(join(SOURCE, path)));
}

const sorted = Object.fromEntries(Object.entries(manifest).sort());
writeFileSync(join(FRESH, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
rmSync(TARGET, { recursive: true, force: true });
renameSync(FRESH, TARGET);
