#include "render/json.hpp"

#include <doctest/doctest.h>

#include "render/samples.hpp"

using namespace taizhang;
using namespace taizhang::report;

TEST_CASE("a report for machines has ids, terms, parts and places") {
  CHECK(render::render_json(sample_report()) == R"({
  "schema": "taizhang.sample/1",
  "title": {
    "id": "sample.title",
    "year": "2023"
  },
  "subtitle": [
    "sample.place"
  ],
  "tables": [
    {
      "id": "villages",
      "title": "group.reports",
      "columns": [
        "name",
        "state",
        "tasks",
        "done",
        "due"
      ],
      "rows": [
        {
          "name": "示例甲村",
          "state": "整改中",
          "tasks": 13,
          "done": {
            "part": 5,
            "whole": 11
          },
          "done_light": "yellow",
          "due": "2023-06-30",
          "path": "眉县/汤峪镇/示例甲村.toml",
          "line": 12
        },
        {
          "name": "“四个一”示例村",
          "state": "已销号",
          "tasks": 7,
          "done": {
            "part": 7,
            "whole": 7
          },
          "done_light": "green",
          "due": null,
          "missing": [
            "due"
          ]
        },
        {
          "name": "value.total",
          "state": null,
          "tasks": 20,
          "done": null,
          "due": null,
          "missing": [
            "done"
          ],
          "total": true
        }
      ]
    }
  ],
  "notes": [
    "sample.note"
  ]
}
)");
}

TEST_CASE("text stays raw but for bytes that are no text") {
  Report report;
  report.schema = "s";
  report.tables.resize(1);
  report.tables[0].columns = {{"key", "column.key"}};
  report.tables[0].rows = {{{std::string("\x1b\xE2\x80\xAE\xB4")}}};
  CHECK(render::render_json(report).find("\"key\": \"\\u001b\xE2\x80\xAE\xEF\xBF\xBD\"") !=
        std::string::npos);
}
