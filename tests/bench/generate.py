#!/usr/bin/env python3
"""Makes a workspace of any size for measuring, always the same for the same size.

  generate.py VILLAGES FOLDER [--facts FILE]

A county has 13 townships with 13 villages each. Every village is listed and has 5 to 15 tasks with
their entries, more often few than many: 8 KB on average. All of it is invented. `check` finds nothing to
say on 2023-06-15. With --facts the tasks with their states on that day are written as CSV:
they were known before the entries were made up, so they do not depend on our program.
"""
import argparse
import csv
import datetime
import hashlib
import os
import random

AS_OF = datetime.date(2023, 6, 15)
TOWNSHIPS = 13
VILLAGES = 13

TITLES = ["健全“三会一课”", "落实“四议两公开”", "推行村干部轮流坐班", "清理并公开村务财务", "调解土地承包纠纷",
          "整治村容村貌", "盘活闲置校舍", "规范村集体合同"]
MEASURES = ["排出全年计划,每月固定一天,由党小组轮流承办", "修订议事清单,重大事项逐项走程序,结果上墙",
            "镇经管人员到村指导,逐笔清理,按季公开", "逐户走访听取意见,建立问题清单和整改台账,专人负责、限期销号"]
STANDARDS = ["记录完整,群众可以查阅", "程序完整、结果公开,群众没有异议", "工作日有人在岗,代办事项有登记、有回音"]
TEXTS = ["召开村民代表座谈会,收集修改意见14条,逐条记录并当场答复9条", "经支部大会讨论通过,张贴在村务公开栏,公示七天没有异议",
         "完成前四个季度账目清理,票据齐全;其余票据正在核对", "镇上派人到村指导两次,缺的内容已补齐,延续到本月底",
         "组织党员义务劳动,清理沟渠三百米、垃圾点六处,群众评价较好"]
TYPES = ["组织制度形同虚设", "服务意识差能力弱群众意见大", "村务财务公开和民主管理混乱"]
STATES = ["待整改", "整改中", "待初核", "待销号", "已销号", "已撤销"]
WEIGHTS = [36, 36, 8, 5, 12, 3]
TASKS = range(5, 16)
TASK_WEIGHTS = range(len(TASKS), 0, -1)


def text_of(name, pairs, remark=""):
    """One record: header and keys, aligned as people align them."""
    width = max(len(key) for key, _ in pairs)
    lines = [f"\n[[{name}]]{remark}"]
    lines += [f"{key.ljust(width)} = {value}" for key, value in pairs]
    return "\n".join(lines) + "\n"


def quoted(text):
    return f'"{text}"'


def definition(task):
    """What the task demands, hashed as the format says."""
    keys = ["id", "round", "problem", "kind", "title", "measure", "standard", "target",
            "target_max", "target_unit"]
    lines = "".join(f"{key}={task[key]}\n" for key in keys if key in task)
    return hashlib.sha256(lines.encode()).hexdigest()


class Village:
    def __init__(self, rng, county, township, code, name):
        self.rng, self.county, self.township, self.code, self.name = rng, county, township, code, name
        self.branch = f"{name}党支部"
        self.parts = []
        self.tasks = []  # what the CSV says

    def head(self):
        r = self.rng
        self.parts.append(f"""# {self.township}{self.name}整顿台账(示例数据,村名和情况都是虚构的)
# 一条记录一个标题,属于谁看 task、problem,不看位置;状态不用填,由记事推出来。
schema = 1

[village]
code       = "{self.code}"         # 示例村用 901–999
kind       = "村"                   # 村 社区(由它决定,不看编码)
name       = "{self.name}"
township   = "{self.township}"
households = {r.randrange(120, 900)}                    # 户数
members    = {r.randrange(20, 90)}                     # 党员人数
""")
        valid = r.randrange(30, 80)
        self.parts.append(text_of("survey", [
            ("round", 2023), ("date", "2023-03-14"), ("kind", '"走访"'),
            ("by", quoted(f"{self.township}党委走访组")), ("rules", '"meixian-2023"'),
            ("methods", '["党员大会", "座谈了解", "现场查看"]'),
            ("heard", f"{{ members = {r.randrange(5, 20)}, residents = {r.randrange(10, 60)} }}"),
            ("answers.team_weak", "true"),
            ("answers.satisfaction",
             f"{{ valid = {valid}, satisfied = {valid // 3} }}"),
            ("answers.grade_last_year", 3),
            ("text", quoted(r.choice(TEXTS)))], "                          # 摸排:一次一条"))

    def rectification(self):
        r = self.rng
        self.parts.append(text_of("step", [
            ("round", 2023), ("date", "2023-04-06"), ("kind", '"审定"'), ("by", '"县委常委会"'),
            ("result", '"列入"'), ("criteria", '["team_weak"]'),
            ("rules", '"meixian-2023"'), ("reason", '"班子战斗力弱"')]))
        for role, unit in (("联村县领导", "县委组织部"), ("包村镇领导", f"{self.township}党委"),
                           ("第一书记", "县委组织部"), ("结对单位", "县委组织部")):
            self.parts.append(text_of("support", [
                ("role", quoted(role)), ("post", quoted(f"{role}(驻{self.name})")),
                ("unit", quoted(unit)), ("from", "2023-04-10")]))
        for number, kind in enumerate(TYPES[:2], 1):
            self.parts.append(text_of("problem", [
                ("id", f'"P{number}"'), ("round", 2023), ("type", quoted(kind)),
                ("found", "2023-04-06"), ("text", quoted(r.choice(TEXTS))),
                ("goal", quoted(r.choice(STANDARDS)))]))
        for number in range(1, r.choices(TASKS, TASK_WEIGHTS)[0] + 1):
            self.task(number)

    def task(self, number):
        r = self.rng
        state = r.choices(STATES, WEIGHTS)[0]
        due = datetime.date(2023, 5, 15) + datetime.timedelta(days=r.randrange(150))
        task = {"id": f"T{number}", "round": 2023, "problem": f"P{number % 2 + 1}", "kind": "任务",
                "title": r.choice(TITLES), "measure": r.choice(MEASURES),
                "standard": r.choice(STANDARDS)}
        owner = f"{self.branch}书记"
        self.parts.append(text_of("task", [
            ("id", quoted(task["id"])), ("round", 2023), ("problem", quoted(task["problem"])),
            ("kind", '"任务"'), ("title", quoted(task["title"])), ("measure", quoted(task["measure"])),
            ("owner", quoted(owner)), ("unit", quoted(self.branch)), ("opened", "2023-04-12"),
            ("due", due), ("standard", quoted(task["standard"]))],
            "                            # 任务 措施 责任 时限 要求" if number == 1 else ""))
        day = datetime.date(2023, 4, 15)

        def entry(action, by, unit, level, *more):
            nonlocal day
            day += datetime.timedelta(days=r.randrange(1, 11))
            self.parts.append(text_of("entry", [
                ("task", quoted(task["id"])), ("date", day), ("action", quoted(action)),
                ("by", quoted(by)), ("unit", quoted(unit)), ("level", quoted(level)), *more]))

        if state in ("整改中", "待初核", "待销号", "已销号"):
            for _ in range(r.choice([1, 1, 1, 2])):
                entry("进展", f"{self.branch}组织委员", self.branch, "村", ("text", quoted(r.choice(TEXTS))))
        if state in ("待初核", "待销号", "已销号"):
            entry("申请销号", owner, self.branch, "村", ("text", quoted(r.choice(TEXTS))),
                  ("evidence", f'[\n  {{ file = "佐证/记录.md", sha256 = "{EVIDENCE_HASH}" }},\n]'))
        if state in ("待销号", "已销号"):
            entry("初核", f"{self.township}党委副书记", f"{self.township}党委", "镇",
                  ("text", '"查看了会议记录,抽问党员5人,情况属实"'),
                  ("definition", quoted(definition(task))))
        if state == "已销号":
            entry("销号", "县委组织部组室干部", "县委组织部", "县", ("text", '"随机调研时查看记录,与初核一致"'))
        if state == "已撤销":
            entry("撤销", "县委组织部组室干部", "县委组织部", "县", ("reason", '"与镇上的项目重复,并入统一实施"'))
        assert day <= AS_OF
        overdue = state in ("待整改", "整改中") and due < AS_OF
        self.tasks.append([self.county, self.township, self.code, self.name, task["id"], task["title"],
                           owner, due, state, int(overdue)])


EVIDENCE = "# 会议记录(示例数据)\n三次会议,签到和记录齐全。\n".encode()
EVIDENCE_HASH = hashlib.sha256(EVIDENCE).hexdigest()


def write(path, text):
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def county(folder, number, villages, facts):
    """Writes one county with that many villages."""
    rng = random.Random(number)
    code, name = f"{600000 + number}", f"示例{number:04}县"
    here = f"{folder}/{name}"
    os.makedirs(here)
    units = [("县委组织部", "县")]
    for t in range((villages + VILLAGES - 1) // VILLAGES):
        township = f"示例{t + 1}镇"
        units.append((f"{township}党委", "镇"))
        there = f"{here}/{township}"
        os.makedirs(f"{there}/佐证")
        write(f"{there}/佐证/记录.md", EVIDENCE)
        submissions = [text_of("submission", [
            ("period", quoted(period)), ("date", day), ("by", quoted(f"{township}党委办公室")),
            ("unit", quoted(f"{township}党委")), ("text", quoted(rng.choice(TEXTS)))])
            for period, day in (("2023-05-H2", "2023-06-01"), ("2023-06-H1", "2023-06-15"))]
        write(f"{there}/township.toml",
              f'# {name}{township}台账(示例数据)\nschema = 1\n\n[township]\ncode = "{code}{t + 101}"\n'
              f'name = "{township}"\n' + "".join(submissions))
        for v in range(min(VILLAGES, villages - t * VILLAGES)):
            village = Village(rng, name, township, f"{code}{t + 101}{v + 901}", f"示例{t + 1}之{v + 1}村")
            units.append((village.branch, "村"))
            village.head()
            village.rectification()
            write(f"{there}/{village.name}.toml", "".join(village.parts))
            if facts:
                facts.writerows(village.tasks)
    write(f"{here}/county.toml",
          f'# {name}台账(示例数据)\nschema = 1\n\n[county]\ncode   = "{code}"\nname   = "{name}"\n'
          'rules  = "meixian-2023"\nroster = "全部"                     # 全部 部分\nrhythm = "半月"\n'
          + "".join(text_of("unit", [("name", quoted(unit)), ("level", quoted(level))])
                    for unit, level in units))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("villages", type=int)
    parser.add_argument("folder")
    parser.add_argument("--facts")
    wanted = parser.parse_args()
    os.makedirs(wanted.folder)
    write(f"{wanted.folder}/taizhang.toml",
          '# 测速用的工作区(示例数据)\nschema = 1\n\n[workspace]\nname = "示例市"\nexample = true\n\n'
          "[[round]]\nyear = 2023\nfrom = 2023-01-01\nto   = 2023-12-31\n")
    file = open(wanted.facts, "w", encoding="utf-8", newline="") if wanted.facts else None
    facts = csv.writer(file, lineterminator="\n") if file else None
    if facts:
        facts.writerow("county township code village task title owner due state overdue".split())
    left, number = wanted.villages, 0
    while left > 0:
        number += 1
        size = min(left, TOWNSHIPS * VILLAGES)
        county(wanted.folder, number, size, facts)
        left -= size


main()
