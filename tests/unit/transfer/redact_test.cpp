#include "transfer/redact.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::transfer;

namespace {

Redaction redaction() {
  model::CountyLedger county;
  auto& village = county.townships.emplace_back().villages.emplace_back();
  auto& support = village.supports.emplace_back();
  support.role = model::SupportRole::first_secretary;
  support.name = "示例某";
  auto& other = village.supports.emplace_back();
  other.name = "欧阳示例";
  other.post = "县委常委";
  auto& role = village.supports.emplace_back();
  role.name = "镇党委书记";
  return Redaction{county};
}

}  // namespace

TEST_CASE("a person becomes the post that the ledgers know") {
  CHECK(redaction().person("示例某") == "第一书记");
  CHECK(redaction().person("欧阳示例") == "县委常委");
}

TEST_CASE("a bare name becomes its surname, a role stays, a name behind a role goes") {
  const Redaction redact = redaction();
  CHECK(redact.person("张三") == "张同志");
  CHECK(redact.person("诸葛三四") == "诸葛同志");
  CHECK(redact.person("镇党委书记") == "镇党委书记");
  CHECK(redact.person("县委办") == "县委办");
  CHECK(redact.person("示例甲村党支部副书记") == "示例甲村党支部副书记");
  CHECK(redact.person("汤峪镇党委书记张三") == "汤峪镇党委书记");
  CHECK(redact.person("") == "");
}

TEST_CASE("running text loses known names and private numbers only") {
  const Redaction redact = redaction();
  CHECK(redact.words("请示例某和欧阳示例修路") == "请示同志和欧阳同志修路");
  CHECK(redact.words("镇党委书记带队") == "镇党委书记带队");
  CHECK(redact.words("电话13912345678") == "电话139******78");
}

TEST_CASE("narrative is left out as a whole") {
  for (const char* key : {"text", "cause", "reason", "opinion", "evidence"})
    CHECK(Redaction::leaves_out(key));
  for (const char* key : {"title", "standard", "by"}) CHECK_FALSE(Redaction::leaves_out(key));
  CHECK(Redaction::names_person("owner"));
  CHECK_FALSE(Redaction::names_person("unit"));
}
