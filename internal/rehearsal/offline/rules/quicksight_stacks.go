package rules

import (
	"encoding/json"
	"strings"
)

const plainStackType = "aws:cloudformation/stack:Stack"

// refersStacked is as refers, of something of QuickSight that may also be made by
// a CloudFormation stack of the same account and region: the provider does not
// know everything that QuickSight does.
func refersStacked(path string, t target, kind string) check {
	return func(s *scope) {
		for at, ref := range s.texts(path) {
			if !s.stacked(ref, kind) {
				s.exists(at, ref, t)
			}
		}
	}
}

// stacked reports whether a stack makes the asset that an ARN ends with.
func (s *scope) stacked(arn, kind string) bool {
	id := arn[strings.LastIndex(arn, "/")+1:]
	for stack := range s.world.All(plainStackType) {
		var template struct {
			Resources map[string]struct {
				Type       string
				Properties map[string]any
			}
		}
		if !s.near(stack, inRegion) || json.Unmarshal([]byte(stack.text("templateBody")), &template) != nil {
			continue
		}
		for _, made := range template.Resources {
			if made.Type == "AWS::QuickSight::"+kind && made.Properties[kind+"Id"] == id {
				return true
			}
		}
	}
	return false
}
