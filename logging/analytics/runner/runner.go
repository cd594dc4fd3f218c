// Package runner runs an audit query in Athena and hands on its rows.
package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/athena/types"
)

// API is the part of Athena that a query needs.
type API interface {
	StartQueryExecution(context.Context, *athena.StartQueryExecutionInput, ...func(*athena.Options)) (*athena.StartQueryExecutionOutput, error)
	GetQueryExecution(context.Context, *athena.GetQueryExecutionInput, ...func(*athena.Options)) (*athena.GetQueryExecutionOutput, error)
	GetQueryResults(context.Context, *athena.GetQueryResultsInput, ...func(*athena.Options)) (*athena.GetQueryResultsOutput, error)
	StopQueryExecution(context.Context, *athena.StopQueryExecutionInput, ...func(*athena.Options)) (*athena.StopQueryExecutionOutput, error)
}

// Sink takes an answer: the header once, then the rows.
type Sink interface {
	Header(columns []string) error
	Row(values []string) error
}

// Runner runs queries. Every field is required.
type Runner struct {
	API API

	// Workgroup decides where results go and how much may be scanned; Database
	// has the tables.
	Workgroup, Database string

	// Patience is how long a query may take.
	Patience time.Duration

	// Wait passes the time until the state is looked at again, or returns the
	// context's error.
	Wait func(context.Context, time.Duration) error
}

// Statistics are what a query cost.
type Statistics struct {
	// ID is the query execution's.
	ID string

	// Scanned is how many bytes were read, which is what is paid for.
	Scanned int64

	// Took is how long Athena took, waiting in its queue included.
	Took time.Duration

	Rows int
}

// Pauses between two looks at the state of a query.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 5 * time.Second
)

// stopping is how long to try to end a query that nobody waits for any more.
const stopping = 10 * time.Second

// FailedError says that Athena could not answer.
type FailedError struct {
	ID, State, Reason string
}

func (e *FailedError) Error() string {
	return fmt.Sprintf("query execution %s: %s: %s", e.ID, e.State, e.Reason)
}

// Run runs a query and hands its answer to the sink. When the context ends, or
// patience, the query is stopped in Athena too, so that it costs no more.
func (r Runner) Run(ctx context.Context, sql string, sink Sink) (Statistics, error) {
	started, err := r.API.StartQueryExecution(ctx, &athena.StartQueryExecutionInput{
		QueryString:           aws.String(sql),
		WorkGroup:             aws.String(r.Workgroup),
		QueryExecutionContext: &types.QueryExecutionContext{Database: aws.String(r.Database)},
	})
	if err != nil {
		return Statistics{}, fmt.Errorf("start query: %w", err)
	}
	id := aws.ToString(started.QueryExecutionId)
	execution, err := r.await(ctx, id)
	if err != nil {
		return Statistics{ID: id}, err
	}
	statistics := Statistics{ID: id}
	if s := execution.Statistics; s != nil {
		statistics.Scanned = aws.ToInt64(s.DataScannedInBytes)
		statistics.Took = time.Duration(aws.ToInt64(s.TotalExecutionTimeInMillis)) * time.Millisecond
	}
	statistics.Rows, err = r.read(ctx, id, sink)
	return statistics, err
}

// await waits until the query has succeeded.
func (r Runner) await(ctx context.Context, id string) (*types.QueryExecution, error) {
	patient, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	for pause := firstPause; ; pause = min(pause*3/2, longestPause) {
		seen, err := r.API.GetQueryExecution(patient, &athena.GetQueryExecutionInput{QueryExecutionId: aws.String(id)})
		if err != nil {
			return nil, r.abandon(ctx, patient, id, fmt.Errorf("query execution %s: look at its state: %w", id, err))
		}
		if seen.QueryExecution == nil || seen.QueryExecution.Status == nil {
			return nil, r.abandon(ctx, patient, id, fmt.Errorf("query execution %s: Athena did not say its state", id))
		}
		status := seen.QueryExecution.Status
		switch status.State {
		case types.QueryExecutionStateSucceeded:
			return seen.QueryExecution, nil
		case types.QueryExecutionStateFailed, types.QueryExecutionStateCancelled:
			return nil, &FailedError{ID: id, State: string(status.State), Reason: aws.ToString(status.StateChangeReason)}
		}
		if err := r.Wait(patient, pause); err != nil {
			return nil, r.abandon(ctx, patient, id, err)
		}
	}
}

// abandon stops a query in Athena and says why it was given up: the caller's
// context ended, patience did, or what else went wrong.
func (r Runner) abandon(ctx, patient context.Context, id string, why error) error {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopping)
	defer cancel()
	_, err := r.API.StopQueryExecution(last, &athena.StopQueryExecutionInput{QueryExecutionId: aws.String(id)})
	switch {
	case ctx.Err() != nil:
		why = fmt.Errorf("query execution %s: stopped: %w", id, ctx.Err())
	case patient.Err() != nil:
		why = fmt.Errorf("query execution %s: not done after %s, stopped", id, r.Patience)
	}
	if err != nil {
		return errors.Join(why, fmt.Errorf("query execution %s may still run: stop it: %w", id, err))
	}
	return why
}

// read hands on the answer, page by page.
func (r Runner) read(ctx context.Context, id string, sink Sink) (int, error) {
	rows := 0
	var columns []string
	seen := map[string]bool{}
	for token := ""; ; {
		input := &athena.GetQueryResultsInput{QueryExecutionId: aws.String(id)}
		if token != "" {
			input.NextToken = aws.String(token)
		}
		page, err := r.API.GetQueryResults(ctx, input)
		if err != nil {
			return rows, fmt.Errorf("query execution %s: read its answer: %w", id, err)
		}
		if page.ResultSet == nil || page.ResultSet.ResultSetMetadata == nil {
			return rows, fmt.Errorf("query execution %s: the answer has no columns", id)
		}
		found := page.ResultSet.Rows
		if columns == nil {
			columns = labels(page.ResultSet.ResultSetMetadata.ColumnInfo)
			if err := sink.Header(columns); err != nil {
				return rows, err
			}
			// The first row of the first page repeats the header.
			if len(found) > 0 {
				found = found[1:]
			}
		}
		for _, row := range found {
			if err := sink.Row(values(row, len(columns))); err != nil {
				return rows, err
			}
			rows++
		}
		token = aws.ToString(page.NextToken)
		if token == "" {
			return rows, nil
		}
		if seen[token] {
			return rows, fmt.Errorf("query execution %s: Athena gave a page of the answer twice", id)
		}
		seen[token] = true
	}
}

func labels(columns []types.ColumnInfo) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = aws.ToString(c.Name)
	}
	return names
}

// values are the cells of a row. Athena leaves out the value of a null.
func values(row types.Row, columns int) []string {
	cells := make([]string, max(columns, len(row.Data)))
	for i, d := range row.Data {
		cells[i] = aws.ToString(d.VarCharValue)
	}
	return cells
}

// Pause waits for a time, or until the context ends.
func Pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
