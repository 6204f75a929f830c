// Fills a template with docxtemplater for every unit of a JSON file: docxtemplater.mjs TEMPLATE DATA OUT [PICTURE | FACE]
// With a picture (.png), the template's tag for it ({%picture}) shows that, 150 mm wide, by the free image module; with a
// face (.otf, .ttf) it shows a column chart that Chart.js draws of the unit's own figures, its words in that face.
// Prints the seconds for all documents, read, filled, compressed and written, once the engine is warm.
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { createRequire } from "node:module";

// Installed wherever run.py said, not beside this file.
const require = createRequire(path.join(process.cwd(), "package.json"));
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, data, out, shown] = process.argv.slice(2);
const content = fs.readFileSync(template, "binary");
const units = JSON.parse(fs.readFileSync(data, "utf8"));
const draw = shown && !shown.endsWith(".png") ? pen(shown) : () => fs.readFileSync(shown);

function pen(face) {
  const { createCanvas, GlobalFonts } = require("@napi-rs/canvas");
  const { Chart } = require("chart.js/auto");
  GlobalFonts.registerFromPath(face, "face");
  Chart.defaults.font.family = "face";
  return (unit) => {
    const rows = unit["党支部"];
    const canvas = createCanvas(900, 500);
    const chart = new Chart(canvas, {
      type: "bar",
      data: { labels: rows.map((row) => row["支部名称"]), datasets: [{ label: "党员总数", data: rows.map((row) => row["党员总数"]) }] },
      options: { animation: false, responsive: false, devicePixelRatio: 1, plugins: { title: { display: true, text: "各支部党员数" } } },
    });
    const png = canvas.toBuffer("image/png");
    chart.destroy();
    return png;
  };
}

function make(unit) {
  const options = { paragraphLoop: true, linebreaks: true, modules: [] };
  if (shown) {
    const ImageModule = require("docxtemplater-image-module-free");
    const getImage = () => draw(unit);
    options.modules.push(new ImageModule({ getImage, getSize: () => [567, 315], centered: false, fileType: "docx" }));
  }
  const document = new Docxtemplater(new PizZip(content), options);
  document.render(shown ? { ...unit, picture: "chart" } : unit);
  const bytes = document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  fs.writeFileSync(path.join(out, `${unit.code}.docx`), bytes);
}

for (let number = 0; number < 100; number++) make(units[number % units.length]);
const start = performance.now();
units.forEach(make);
console.log((performance.now() - start) / 1000);
