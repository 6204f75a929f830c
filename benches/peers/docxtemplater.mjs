// Fills a template with docxtemplater for every unit of a JSON file: docxtemplater.mjs TEMPLATE DATA OUT
// Prints the seconds for all documents, read, filled, compressed and written, once the engine is warm.
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { createRequire } from "node:module";

// Installed wherever run.py said, not beside this file.
const require = createRequire(path.join(process.cwd(), "package.json"));
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, data, out] = process.argv.slice(2);
const content = fs.readFileSync(template, "binary");
const units = JSON.parse(fs.readFileSync(data, "utf8"));

function make(unit) {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  document.render(unit);
  const bytes = document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  fs.writeFileSync(path.join(out, `${unit.code}.docx`), bytes);
}

units.slice(0, 200).forEach(make);
const start = performance.now();
units.forEach(make);
console.log((performance.now() - start) / 1000);
