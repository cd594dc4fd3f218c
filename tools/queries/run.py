"""Runs audit queries, written for Athena, on sample logs.

A test talks to it in lines of JSON: one request in, one answer out.

    {"op": "load", "tables": [...], "folder": "..."}  reads files as Athena's table definitions say
    {"op": "run", "sql": "..."}                       runs a query and returns its rows as text
    {"op": "survivors", "sql": "..."}                 returns which conditions, by number, could be left out: the rows are the same
    {"op": "shape", "sql": "..."}                     returns what a statement is, without its literals

sqlglot translates from Athena's dialect to DuckDB's and DuckDB runs it. What
sqlglot cannot translate faithfully is an error, not a warning.
"""

import gzip
import json
import os
import re
import sys
import tempfile

import duckdb
import sqlglot
from sqlglot import exp

PRIMITIVES = {"string": "VARCHAR", "int": "INTEGER", "bigint": "BIGINT", "double": "DOUBLE", "boolean": "BOOLEAN"}


def duck_type(t):
    """A type of a table definition, in DuckDB's words."""
    if t.get("Elements"):
        return duck_type(t["Elements"]) + "[]"
    if t.get("Values"):
        return "MAP(VARCHAR, %s)" % duck_type(t["Values"])
    if t.get("Fields"):
        return "STRUCT(%s)" % ", ".join('"%s" %s' % (f["Name"].lower(), duck_type(f["Type"])) for f in t["Fields"])
    return PRIMITIVES[t["Primitive"]]


class Reader:
    """Turns records into rows as a SerDe would, and notes which parts of the definition a record had."""

    def __init__(self, table):
        self.table = table
        self.seen = set()
        self.wanted = set()
        for column in table["columns"]:
            self.want(column["Name"], column["Type"])

    def want(self, path, t):
        self.wanted.add(path)
        if t.get("Elements"):
            self.want(path + "[]", t["Elements"])
        for f in t.get("Fields") or []:
            self.want(path + "." + f["Name"].lower(), f["Type"])

    def value(self, path, v, t):
        if v is None:
            return None
        self.seen.add(path)
        if t.get("Elements"):
            self.must(isinstance(v, list), path, v)
            return [self.value(path + "[]", e, t["Elements"]) for e in v]
        if t.get("Values"):
            self.must(isinstance(v, dict), path, v)
            return {k: self.value(path + "{}", e, t["Values"]) for k, e in v.items()}
        if t.get("Fields"):
            self.must(isinstance(v, dict), path, v)
            unknown = set(v) - {f["Name"] for f in t["Fields"]}
            self.must(not unknown, path, sorted(unknown))
            return {f["Name"].lower(): self.value(path + "." + f["Name"].lower(), v.get(f["Name"]), f["Type"]) for f in t["Fields"]}
        return self.primitive(path, v, t["Primitive"])

    def primitive(self, path, v, name):
        if name == "string":
            if isinstance(v, bool):
                return str(v).lower()
            return v if isinstance(v, str) else json.dumps(v, separators=(",", ":"))
        if name in ("int", "bigint"):
            self.must(isinstance(v, int) and not isinstance(v, bool), path, v)
        return v

    def must(self, ok, path, v):
        if not ok:
            raise ValueError("table %s: %s does not have the defined type: %r" % (self.table["name"], path, v))

    def row(self, record, partition):
        columns = self.table["columns"]
        unknown = set(record) - {c["Source"] or c["Name"] for c in columns}
        self.must(not unknown, "record", sorted(unknown))
        row = {c["Name"]: self.value(c["Name"], record.get(c["Source"] or c["Name"]), c["Type"]) for c in columns}
        return {**row, **partition}

    def records(self, data):
        """The records of a file, as the table's input format takes it apart."""
        form = self.table["form"]
        if form == "cloudtrail":
            yield from json.loads(data)["Records"]
        elif form == "json":
            for line in data.splitlines():
                yield json.loads(line)
        else:
            for line in data.splitlines()[self.table["skip"]:]:
                yield self.spaced(line.split(" "))

    def spaced(self, values):
        """A line of fields with spaces between them. A number that is none is null, as the SerDe has it."""
        columns = self.table["columns"]
        self.must(len(values) == len(columns), "line", values)
        record = {}
        for c, v in zip(columns, values):
            if c["Type"]["Primitive"] in ("int", "bigint"):
                v = int(v) if re.fullmatch(r"-?[0-9]+", v) else None
            record[c["Name"]] = v
        return record


class Engine:
    def __init__(self):
        self.db = duckdb.connect()
        self.db.execute("SET TimeZone = 'UTC'")
        self.tables = {}

    def load(self, tables, folder):
        readers = [(t, re.compile(t["keys"]), Reader(t), []) for t in tables]
        strays = []
        for root, _, files in os.walk(folder):
            for name in sorted(files):
                path = os.path.join(root, name)
                key = os.path.relpath(path, folder)
                homes = [(r, rows, m) for t, keys, r, rows in readers if (m := keys.match(key))]
                if len(homes) != 1:
                    strays.append(key)
                    continue
                reader, rows, match = homes[0]
                with (gzip.open if name.endswith(".gz") else open)(path, "rb") as f:
                    data = f.read().decode()
                rows.extend(reader.row(r, match.groupdict()) for r in reader.records(data))
        for table, _, _, rows in readers:
            self.create(table, rows)
        return {
            "strays": strays,
            "rows": {t["name"]: len(rows) for t, _, _, rows in readers},
            "unseen": {t["name"]: sorted(r.wanted - r.seen) for t, _, r, _ in readers},
        }

    def create(self, table, rows):
        self.tables[table["name"]] = {p["name"]: p for p in table["partitions"]}
        types = {c["Name"]: duck_type(c["Type"]) for c in table["columns"]}
        types.update({p["name"]: "VARCHAR" for p in table["partitions"]})
        with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
            f.writelines(json.dumps(r) + "\n" for r in rows)
            f.flush()
            spec = ", ".join("'%s': '%s'" % (n, t.replace("'", "''")) for n, t in types.items())
            source = "read_json('%s', format = 'newline_delimited', columns = {%s})" % (f.name, spec)
            if not rows:
                raise ValueError("table %s has no sample" % table["name"])
            self.db.execute('CREATE TABLE "%s" AS SELECT * FROM %s' % (table["name"], source))

    def run(self, sql):
        tree = sqlglot.parse_one(sql, read="athena")
        self.prunes(tree)
        duck = sqlglot.transpile(sql, read="athena", write="duckdb", unsupported_level=sqlglot.ErrorLevel.RAISE)
        if len(duck) != 1:
            raise ValueError("%d statements" % len(duck))
        cursor = self.db.execute(duck[0])
        return {
            "columns": [c[0] for c in cursor.description],
            "rows": [["" if v is None else text(v) for v in row] for row in cursor.fetchall()],
            "functions": sorted(functions(tree)),
            "order": tree.args.get("order") is not None,
        }

    def survivors(self, sql):
        """The conditions, one of those that AND joins, whose absence no sample shows."""
        whole = self.rows(sqlglot.parse_one(sql, read="athena"))
        alike = {}
        count = sum(len(conjuncts(w)) for w in sqlglot.parse_one(sql, read="athena").find_all(exp.Where))
        for i in range(count):
            tree = sqlglot.parse_one(sql, read="athena")
            condition = [c for w in tree.find_all(exp.Where) for c in conjuncts(w)][i]
            text = condition.sql(dialect="athena")
            condition.replace(exp.true())
            if self.rows(tree) == whole:
                alike[i] = text
        return {"survivors": alike}

    def rows(self, tree):
        return self.db.execute(tree.sql(dialect="duckdb", unsupported_level=sqlglot.ErrorLevel.RAISE)).fetchall()

    def prunes(self, tree):
        """Every scan of a table must name the values of its injected keys, and bound its days."""
        for select in tree.find_all(exp.Select):
            source = select.args.get("from_") or select.args.get("from")
            if source is None or not isinstance(source.this, exp.Table) or source.this.name not in self.tables:
                continue
            where = select.args.get("where")
            conditions = conjuncts(where) if where else []
            for name, partition in self.tables[source.this.name].items():
                if partition["projection"] == "injected" and not any(names(c, name, (exp.In, exp.EQ)) for c in conditions):
                    raise ValueError("a scan of %s does not name its %s" % (source.this.name, name))
                if partition["projection"] == "date" and not any(names(c, name, (exp.In, exp.Between)) for c in conditions):
                    raise ValueError("a scan of %s does not bound its %s" % (source.this.name, name))


def conjuncts(where):
    return list(where.this.flatten()) if isinstance(where.this, exp.And) else [where.this]


def names(condition, column, kinds):
    return isinstance(condition, kinds) and isinstance(condition.this, exp.Column) and condition.this.name == column


def functions(tree):
    for f in tree.find_all(exp.Anonymous):
        yield f.name.lower()


def text(v):
    if isinstance(v, bool):
        return str(v).lower()
    return str(v)


def shape(sql):
    """A statement without the content of its literals: the same whatever the values are."""
    statements = sqlglot.parse(sql, read="athena")
    if len(statements) != 1:
        raise ValueError("%d statements" % len(statements))
    literals = []

    def blank(node):
        if isinstance(node, exp.Literal):
            literals.append(node.this)
            return exp.Literal.string("") if node.is_string else exp.Literal.number(0)
        return node

    return {"shape": repr(statements[0].transform(blank)), "literals": literals}


def main():
    engine = Engine()
    for line in sys.stdin:
        request = json.loads(line)
        op = request.pop("op")
        try:
            answer = shape(**request) if op == "shape" else getattr(engine, op)(**request)
        except Exception as e:  # the test reports it
            answer = {"error": "%s: %s" % (type(e).__name__, e)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
