// Fills a template with docxtemplater for every unit of a JSON file: docxtemplater.mjs TEMPLATE DATA OUT [PICTURE]
// With a picture, the template's tag for it ({%picture}) shows that, 150 mm wide, by the free image module.
// Prints the seconds for all documents, read, filled, compressed and written, once the engine is warm.
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { createRequire } from "node:module";

// Installed wherever run.py said, not beside this file.
const require = createRequire(path.join(process.cwd(), "package.json"));
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, data, out, picture] = process.argv.slice(2);
const content = fs.readFileSync(template, "binary");
const units = JSON.parse(fs.readFileSync(data, "utf8"));

function modules() {
  if (!picture) return [];
  const ImageModule = require("docxtemplater-image-module-free");
  const getImage = (path) => fs.readFileSync(path);
  return [new ImageModule({ getImage, getSize: () => [567, 315], centered: false, fileType: "docx" })];
}

function make(unit) {
  const options = { paragraphLoop: true, linebreaks: true, modules: modules() };
  const document = new Docxtemplater(new PizZip(content), options);
  document.render(picture ? { ...unit, picture } : unit);
  const bytes = document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  fs.writeFileSync(path.join(out, `${unit.code}.docx`), bytes);
}

for (let number = 0; number < 100; number++) make(units[number % units.length]);
const start = performance.now();
units.forEach(make);
console.log((performance.now() - start) / 1000);
