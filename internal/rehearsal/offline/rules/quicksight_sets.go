package rules

import (
	"slices"
	"strings"
)

// columnTypesOf are the types of columns that a table can have.
var columnTypesOf = []any{"STRING", "INTEGER", "DECIMAL", "DATETIME", "BIT", "BOOLEAN", "JSON"}

// physicalTables checks where the data of a set comes from.
func physicalTables(s *scope) {
	for _, c := range []check{
		pattern("physicalTableMaps[].physicalTableMapId", `[0-9a-zA-Z-]{1,64}`, "1 to 64 letters, digits and hyphens"),
		unique("physicalTableMaps[].physicalTableMapId"), bytes("physicalTableMaps[].customSql.sqlQuery", 1, 168000),
		length("physicalTableMaps[].customSql.name", 1, 128), length("physicalTableMaps[].relationalTable.name", 1, 256),
		oneOf("physicalTableMaps[].customSql.columns[].type", columnTypesOf...),
		oneOf("physicalTableMaps[].relationalTable.inputColumns[].type", columnTypesOf...),
		oneOf("physicalTableMaps[].s3Source.inputColumns[].type", "STRING"),
	} {
		c(s)
	}
	for at, table := range s.objects("physicalTableMaps[]") {
		inner := &scope{Resource: table}
		inner.Type = s.Type
		exactlyOne("customSql", "relationalTable", "s3Source")(inner)
		for _, path := range columnLists {
			if owner, _, _ := strings.Cut(path, "."); table.presence(owner) == present {
				needs(path, "a table has columns")(inner)
				count(path, 1, 2048)(inner)
				unique(path + "[].name")(inner)
			}
		}
		s.adopt(at, inner.failures)
	}
}

var columnLists = []string{"customSql.columns", "relationalTable.inputColumns", "s3Source.inputColumns"}

// adopt takes over what was found in a part of the resource.
func (s *scope) adopt(at string, failures []Failure) {
	for _, f := range failures {
		s.failures = append(s.failures, Failure{Property: at + "." + f.Property, Message: f.Message})
	}
}

// logicalTables checks what is made of the data: from which tables, and that each
// step finds the columns that it is about.
func logicalTables(s *scope) {
	for _, c := range []check{
		pattern("logicalTableMaps[].logicalTableMapId", `[0-9a-zA-Z-]{1,64}`, "1 to 64 letters, digits and hyphens"),
		unique("logicalTableMaps[].logicalTableMapId"), length("logicalTableMaps[].alias", 1, 64),
		oneOf("logicalTableMaps[].source.joinInstruction.type", "INNER", "OUTER", "LEFT", "RIGHT"),
	} {
		c(s)
	}
	if !settled(s.Inputs["logicalTableMaps"]) || !settled(s.Inputs["physicalTableMaps"]) {
		return
	}
	var ids []string
	for _, id := range s.texts("logicalTableMaps[].logicalTableMapId") {
		ids = append(ids, id)
	}
	columns := s.physicalColumns()
	for at, table := range s.objects("logicalTableMaps[]") {
		inner := &scope{Resource: table}
		inner.Type = s.Type
		exactlyOne("source.physicalTableId", "source.joinInstruction", "source.dataSetArn")(inner)
		s.adopt(at, inner.failures)
		for _, path := range []string{"source.joinInstruction.leftOperand", "source.joinInstruction.rightOperand"} {
			if id := table.text(path); id != "" && !slices.Contains(ids, id) {
				s.reject(at+"."+path, "%q is no logical table of the data set", shorten(id))
			}
		}
		id := table.text("source.physicalTableId")
		if id == "" {
			continue
		}
		have, ok := columns[id]
		if !ok {
			s.reject(at+".source.physicalTableId", "%q is no physical table of the data set", shorten(id))
			continue
		}
		s.transforms(at, table, slices.Clone(have))
	}
}

// physicalColumns are the columns of each physical table.
func (s *scope) physicalColumns() map[string][]string {
	columns := map[string][]string{}
	for _, table := range s.objects("physicalTableMaps[]") {
		id := table.text("physicalTableMapId")
		columns[id] = []string{}
		for _, path := range columnLists {
			for _, name := range table.texts(path + "[].name") {
				columns[id] = append(columns[id], name)
			}
		}
	}
	return columns
}

// operations are the steps of a logical table, and where each names the column
// that it is about.
var operations = []struct{ name, columns string }{
	{"projectOperation", "projectedColumns[]"}, {"renameColumnOperation", "columnName"}, {"castColumnTypeOperation", "columnName"},
	{"createColumnsOperation", ""}, {"filterOperation", ""}, {"tagColumnOperation", "columnName"}, {"untagColumnOperation", "columnName"},
}

func (s *scope) transforms(at string, table Resource, have []string) {
	var names []string
	for _, operation := range operations {
		names = append(names, operation.name)
	}
	for step, transform := range table.objects("dataTransforms[]") {
		at := at + "." + step
		inner := &scope{Resource: transform}
		inner.Type = s.Type
		exactlyOne(names...)(inner)
		oneOf("castColumnTypeOperation.newColumnType", "STRING", "INTEGER", "DECIMAL", "DATETIME")(inner)
		bytes("filterOperation.conditionExpression", 1, 4096)(inner)
		for _, operation := range operations {
			if operation.columns == "" {
				continue
			}
			for path, column := range transform.texts(operation.name + "." + operation.columns) {
				if !slices.Contains(have, column) {
					inner.reject(path, "there is no column %q at this step", shorten(column))
				}
			}
		}
		s.adopt(at, inner.failures)
		have = after(transform, have)
	}
}

// after are the columns that there are after a step.
func after(transform Resource, have []string) []string {
	for _, created := range transform.texts("createColumnsOperation.columns[].columnName") {
		have = append(have, created)
	}
	if old, renamed := transform.text("renameColumnOperation.columnName"), transform.text("renameColumnOperation.newColumnName"); renamed != "" {
		for i := range have {
			if have[i] == old {
				have[i] = renamed
			}
		}
	}
	if transform.presence("projectOperation") != present {
		return have
	}
	var kept []string
	for _, column := range transform.texts("projectOperation.projectedColumns[]") {
		kept = append(kept, column)
	}
	return kept
}

// incremental: only what SPICE holds is refreshed, and by a column of dates.
func incremental(s *scope) {
	if s.presence("refreshProperties") != present {
		return
	}
	const window = "refreshProperties.refreshConfiguration.incrementalRefresh.lookbackWindow."
	oneOf(window+"sizeUnit", "HOUR", "DAY", "WEEK")(s)
	needs(window+"columnName", "a column of dates says what is new")(s)
	if s.text("importMode") == "DIRECT_QUERY" {
		s.reject("refreshProperties", "a data set that queries its source directly is never refreshed; drop refreshProperties")
	}
}
