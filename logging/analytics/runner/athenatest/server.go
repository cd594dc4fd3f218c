// Package athenatest is an Athena for tests, over HTTP: it answers as scripted
// and remembers what it was asked.
package athenatest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// ID is the id of the one query execution there is.
const ID = "0a1b2c3d-0000-4000-8000-000000000001"

// Server is a scripted Athena.
type Server struct {
	// URL is its address.
	URL string

	// States are what the query's state is each time it is looked at; the last
	// one stays. Reason explains it.
	States []string
	Reason string

	// Columns and Pages are the answer. The first page repeats the columns in its
	// first row, as Athena's does. A nil cell is a null.
	Columns []string
	Pages   [][][]any

	// Throttled is how many calls are refused before one is answered.
	Throttled int

	// Refused makes the start fail with this message.
	Refused string

	// RepeatToken has every page name the same next one.
	RepeatToken bool

	mutex   sync.Mutex
	looked  int
	started []map[string]any
	stopped int
}

// New starts a server that ends with the test.
func New(t *testing.T) *Server {
	t.Helper()
	s := &Server{States: []string{"SUCCEEDED"}}
	server := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Started are the requests that started a query.
func (s *Server) Started() []map[string]any {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.started
}

// Stopped is how often the query was stopped.
func (s *Server) Stopped() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.stopped
}

// Looked is how often the state was looked at.
func (s *Server) Looked() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.looked
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var request map[string]any
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		refuse(w, "InvalidRequestException", err.Error())
		return
	}
	if s.Throttled > 0 {
		s.Throttled--
		refuse(w, "TooManyRequestsException", "Rate exceeded")
		return
	}
	_, action, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	switch action {
	case "StartQueryExecution":
		if s.Refused != "" {
			refuse(w, "InvalidRequestException", s.Refused)
			return
		}
		s.started = append(s.started, request)
		answer(w, map[string]any{"QueryExecutionId": ID})
	case "GetQueryExecution":
		state := s.States[min(s.looked, len(s.States)-1)]
		s.looked++
		answer(w, map[string]any{"QueryExecution": map[string]any{
			"QueryExecutionId": ID, "Status": map[string]any{"State": state, "StateChangeReason": s.Reason},
			"Statistics": map[string]any{"DataScannedInBytes": 12_300_000, "TotalExecutionTimeInMillis": 4200},
		}})
	case "GetQueryResults":
		s.results(w, request)
	case "StopQueryExecution":
		s.stopped++
		answer(w, map[string]any{})
	default:
		refuse(w, "InvalidRequestException", "no such action: "+action)
	}
}

func (s *Server) results(w http.ResponseWriter, request map[string]any) {
	page := 0
	if token, ok := request["NextToken"].(string); ok {
		if _, err := fmt.Sscanf(token, "page-%d", &page); err != nil {
			refuse(w, "InvalidRequestException", err.Error())
			return
		}
	}
	var columns []map[string]any
	head := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		columns = append(columns, map[string]any{"Name": c, "Type": "varchar"})
		head[i] = c
	}
	rows := []map[string]any{}
	if page == 0 {
		rows = append(rows, row(head))
	}
	result := map[string]any{}
	if page < len(s.Pages) {
		for _, cells := range s.Pages[page] {
			rows = append(rows, row(cells))
		}
	}
	result["ResultSet"] = map[string]any{"Rows": rows, "ResultSetMetadata": map[string]any{"ColumnInfo": columns}}
	switch {
	case s.RepeatToken:
		result["NextToken"] = "page-1"
	case page+1 < len(s.Pages):
		result["NextToken"] = fmt.Sprintf("page-%d", page+1)
	}
	answer(w, result)
}

func row(cells []any) map[string]any {
	var data []map[string]any
	for _, c := range cells {
		if c == nil {
			data = append(data, map[string]any{})
			continue
		}
		data = append(data, map[string]any{"VarCharValue": c})
	}
	return map[string]any{"Data": data}
}

func answer(w http.ResponseWriter, body map[string]any) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, code, message string) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]any{"__type": code, "message": message})
}
