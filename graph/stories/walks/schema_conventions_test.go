package walks

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// TestEverythingIsDescribed checks that every type, field, argument, input field and enum value whose name is not clear by itself
// is described by a sentence, and that no description is empty of meaning.
func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	described := 0
	check := func(what, name, description string, named bool) {
		text := strings.TrimSpace(description)
		if named && text == "" {
			return
		}
		described++
		if !strings.HasSuffix(text, ".") || asks.MatchString(text) || slices.Equal(said(text), said(apart(name))) {
			t.Errorf("%s is described as %q: say in a sentence what its name does not, or nothing where the name says it all", what, description)
		}
	}
	for def := range hub.Own {
		check(def.Name, def.Name, def.Description, false)
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			paged := strings.HasSuffix(def.Name, "Connection") || strings.HasSuffix(def.Name, "Edge") // docs/api.md describes them
			check(def.Name+"."+f.Name, f.Name, f.Description, paged || def.Kind == ast.Object && f.Name == "id" || names(f.Name, f.Type))
			for _, arg := range f.Arguments {
				check(def.Name+"."+f.Name+"."+arg.Name, arg.Name, arg.Description, def.Name == "Mutation" || names(arg.Name, arg.Type))
			}
		}
		for _, v := range def.EnumValues {
			mutation := def.Name == "Action" && slices.ContainsFunc(hub.Schema().Mutation.Fields, func(m *ast.FieldDefinition) bool { return screaming(m.Name) == v.Name })
			noun := slices.ContainsFunc(slices.Collect(hub.Own), func(d *ast.Definition) bool { return screaming(d.Name) == "_"+v.Name })
			check(def.Name+"."+v.Name, "", v.Description, mutation || noun)
		}
	}
	if described < 500 {
		t.Errorf("only %d things are described", described)
	}
}

// names reports whether a field or argument is named after its type, or after the type that its id is of: task: Task, taskId: ID.
func names(field string, t *ast.Type) bool {
	noun := strings.ToUpper(field[:1]) + field[1:]
	of, isID := strings.CutSuffix(noun, "Id")
	return noun == t.Name() || isID && t.Name() == "ID" && hub.Schema().Types[of] != nil
}

// asks matches descriptions that consist of question words only: "Which and why."
var asks = regexp.MustCompile(`(?i)^((and|as|by|for|how|in|is|it|not|of|on|to|was|what|when|where|which|who|whom|whose|why|with),? ?)+\.$`)

var humps = regexp.MustCompile(`([a-z])([A-Z])`)

// apart splits a name into its words.
func apart(name string) string {
	return strings.ReplaceAll(humps.ReplaceAllString(name, "$1 $2"), "_", " ")
}

// said returns the words of a text that carry meaning.
func said(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains([]string{"a", "an", "are", "is", "it", "its", "the"}, w) })
}

func TestShapes(t *testing.T) {
	t.Parallel()
	schema := hub.Schema()
	for _, m := range schema.Mutation.Fields {
		upper := strings.ToUpper(m.Name[:1]) + m.Name[1:]
		if len(m.Arguments) != 1 || m.Arguments[0].Name != "input" || m.Arguments[0].Type.String() != upper+"Input!" {
			t.Errorf("%s takes %v, want one input: %sInput!", m.Name, m.Arguments, upper)
		}
		if m.Type.String() != upper+"Payload" {
			t.Errorf("%s answers with %s, want a payload of its own: %sPayload", m.Name, m.Type, upper)
		}
	}
	for def := range hub.Own {
		if noun, ok := strings.CutSuffix(def.Name, "Connection"); ok {
			for name, want := range map[string]string{"edges": "[" + noun + "Edge!]!", "nodes": "[" + noun + "!]!", "pageInfo": "PageInfo!", "totalCount": "Int!"} {
				compareType(t, def, name, want)
			}
		}
		if noun, ok := strings.CutSuffix(def.Name, "Edge"); ok {
			compareType(t, def, "cursor", "String!")
			compareType(t, def, "node", noun+"!")
		}
		if slices.Contains(def.Interfaces, "Node") {
			compareType(t, def, "id", "ID!")
		} else if def.Kind == ast.Object && def.Fields.ForName("id") != nil && !strings.Contains(strings.Join(strings.Fields(def.Description), " "), "Not a Node: ") {
			t.Errorf("%s has an id: make it a Node, or say why not", def.Name)
		}
		for _, f := range def.Fields {
			compareList(t, def, f)
			if def.Kind == ast.InputObject && f.Type.Name() == "ID" && !named(f.Name) {
				t.Errorf("%s.%s is an id: call it %sId", def.Name, f.Name, f.Name)
			}
			for _, argument := range f.Arguments {
				if argument.Type.Name() == "ID" && !named(argument.Name) {
					t.Errorf("%s.%s takes an id as %s: call it %[3]sId", def.Name, f.Name, argument.Name)
				}
			}
		}
	}
}

// named reports whether the name says that it is an id, or a list of ids.
func named(name string) bool {
	return name == "id" || name == "ids" || strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Ids")
}

func compareType(t *testing.T, def *ast.Definition, name, want string) {
	t.Helper()
	if f := def.Fields.ForName(name); f == nil || f.Type.String() != want {
		t.Errorf("%s.%s is %v, want %s", def.Name, name, f, want)
	}
}

// short are lists that cannot grow, with what limits them.
var short = map[string]string{
	"Query.districts":                          "eight",
	"Subscription.shiftSeats":                  "the 100 shifts of a task that begin first",
	"Query.indicators":                         "the plan of a year",
	"Query.specialDays":                        "the days of a year",
	"Query.adultsOnlyWork":                     "the classes that the law names",
	"Query.nodes":                              "as many as were asked for",
	"Query.search":                             "50 at most",
	"Person.grants":                            "one for a role and scope",
	"Person.consents":                          "one for a scope",
	"RequestConsentPayload.consents":           "one for a scope",
	"RecordConsentPayload.consents":            "one for a scope",
	"WithdrawConsentPayload.consents":          "one for a scope",
	"Person.sessions":                          "the 100 used last",
	"ConfirmSecondFactorPayload.recoveryCodes": "ten",
	"RenewRecoveryCodesPayload.recoveryCodes":  "ten",
	"Person.identities":                        "20 at most",
	"Person.noticePreferences":                 "one for a topic",
	"ProgressUpdate.results":                   "one for a metric",
	"Claim.results":                            "one for a metric",
	"Team.results":                             "one for a metric",
	"Centre.results":                           "one for a metric",
	"District.results":                         "one for a metric",
	"Query.results":                            "one for a metric",
	"Query.similarProposals":                   "five",
	"ProgressUpdate.photos":                    "ten at most",
	"Proposal.photos":                          "five at most",
	"Photo.sizes":                              "two",
	"Task.checkedInMinors":                     "200 at most",
	"ApproveHoursPayload.results":              "as many as the input has rows",
	"AdjustHoursPayload.results":               "as many as the input has rows",
	"RejectHoursPayload.results":               "as many as the input has rows",
	"CheckInManyPayload.results":               "as many as the input has rows",
	"Certificate.parts":                        "one for a team, of the hours of ten years at most",
	"Record.teams":                             "the 100 with most",
	"Record.focuses":                           "one for a focus",
	"Record.months":                            "120 at most",
	"AuditEntry.roles":                         "as many as there are",
	"AuditEntry.subjects":                      "the ids of an input",
	"AuditEntry.fields":                        "the fields of an input",
}

// compareList checks that every list that can grow is a connection, with its two arguments.
func compareList(t *testing.T, def *ast.Definition, f *ast.FieldDefinition) {
	t.Helper()
	of := hub.Schema().Types[f.Type.Name()]
	at := def.Name + "." + f.Name
	if strings.HasSuffix(of.Name, "Connection") {
		first, after := f.Arguments.ForName("first"), f.Arguments.ForName("after")
		if first == nil || after == nil || first.Type.String() != "Int!" || first.DefaultValue.String() != "20" || after.Type.String() != "String" {
			t.Errorf("%s takes no first: Int! = 20 and after: String", at)
		}
		for _, argument := range f.Arguments {
			switch name := argument.Type.Name(); argument.Name {
			case "first", "after":
			case "filter", "order":
				if noun := strings.TrimSuffix(of.Name, "Connection"); name != noun+"Filter" && name != noun+"Order" && name != strings.TrimSuffix(noun, "Entry")+"Filter" {
					t.Errorf("%s takes a %s for its %s", at, name, argument.Name)
				}
			default:
				t.Errorf("%s takes %s: the conditions of a list are in its filter", at, argument.Name)
			}
		}
		return
	}
	if f.Type.Elem == nil || def.Kind == ast.InputObject || strings.HasSuffix(def.Name, "Connection") || strings.HasPrefix(f.Name, "__") {
		return
	}
	// Actions and counts by state are limited by an enum.
	if short[at] == "" && of.Name != "AvailableAction" && of.Name != "TaskCount" {
		t.Errorf("%s is a list of %s: a connection, if it can grow", at, of.Name)
	}
}

// TestActionsAreMutations compares the enum Action with the mutations.
func TestActionsAreMutations(t *testing.T) {
	t.Parallel()
	hubs := []string{"OFFER_SEAT", "EXPIRE", "GIVE_CONSENT", "DECLINE_CONSENT"} // and guardians', who have no account
	session := []string{"REGISTER", "SIGN_IN", "SIGN_OUT", "VERIFY_EMAIL", "CHANGE_EMAIL", "REQUEST_PASSWORD_RESET", "RESET_PASSWORD",
		"CHANGE_PASSWORD", "END_SESSION", "START_SECOND_FACTOR", "CONFIRM_SECOND_FACTOR", "END_SECOND_FACTOR", "RENEW_RECOVERY_CODES",
		"REQUEST_DATA", "ERASE_ACCOUNT", "ERASE_PERSON", "UPDATE_PROFILE", "MARK_NOTICES_READ", "SET_NOTICE_PREFERENCES", "LINK_TELEGRAM", "UNLINK_TELEGRAM", "UNLINK_IDENTITY",
		"CHECK_IN_MANY"} // the last is CHECK_IN for several people
	var actions, mutations []string
	for _, v := range hub.Schema().Types["Action"].EnumValues {
		actions = append(actions, v.Name)
	}
	for _, m := range hub.Schema().Mutation.Fields {
		mutations = append(mutations, screaming(m.Name))
	}
	for _, name := range mutations {
		if !slices.Contains(session, name) && !slices.Contains(actions, name) {
			t.Errorf("the mutation %s is no action", name)
		}
	}
	for _, name := range actions {
		if !slices.Contains(hubs, name) && !slices.Contains(mutations, name) {
			t.Errorf("the action %s is no mutation", name)
		}
	}
}

var screamed = regexp.MustCompile(`\b[A-Z]+(?:_[A-Z]+)+\b`)

// descriptions returns all descriptions of the schema's own types.
func descriptions() (texts []string) {
	for def := range hub.Own {
		texts = append(texts, def.Description)
		for _, v := range def.EnumValues {
			texts = append(texts, v.Description)
		}
		for _, f := range def.Fields {
			texts = append(texts, f.Description)
			for _, arg := range f.Arguments {
				texts = append(texts, arg.Description)
			}
		}
	}
	return texts
}

// TestDescriptionsNameWhatThereIs: every NAME_LIKE_THIS in a description is a code or a value of an enum.
func TestDescriptionsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"CENTRES_OPEN": true, "YOUTH_REACHED": true, "NGOS_ACTIVE": true} // of the plan, which is data
	for def := range hub.Own {
		for _, v := range def.EnumValues {
			known[v.Name] = true
		}
	}
	named := 0
	for _, text := range descriptions() {
		for _, name := range screamed.FindAllString(text, -1) {
			if named++; !known[name] {
				t.Errorf("there is no %s: %s", name, text)
			}
		}
	}
	if named < 100 {
		t.Errorf("only %d names are named", named)
	}
}

// TestDescriptionsUseTheGlossary refuses the words that docs/words.md says are not used in English.
func TestDescriptionsUseTheGlossary(t *testing.T) {
	t.Parallel()
	glossary, err := os.ReadFile("../../../docs/words.md")
	if err != nil {
		t.Fatal(err)
	}
	var refused []string
	for _, row := range regexp.MustCompile("(?m)^\\| en \\| `([^`]+)` \\|").FindAllStringSubmatch(string(glossary), -1) {
		refused = append(refused, strings.ReplaceAll(regexp.QuoteMeta(row[1]), `\*`, `\w*`))
	}
	if len(refused) < 10 {
		t.Fatal(refused)
	}
	others := regexp.MustCompile("(?i)`[^`]*`|\\b(" + strings.Join(refused, "|") + ")\\b")
	for _, text := range descriptions() {
		for _, m := range others.FindAllStringSubmatch(text, -1) {
			if m[1] != "" {
				t.Errorf("%q has another word in the glossary: %s", m[1], text)
			}
		}
	}
}

// TestErrorsAreNamed holds @errors: every code exists and stands once, no list has those that the type has for all of its fields, and
// a remark on a code in the description is on one of the field's. What names errors is nullable, so that one refusal takes nothing
// else of the answer away; a root field that is not, or names none, cannot be refused. One with arguments names INVALID.
func TestErrorsAreNamed(t *testing.T) {
	t.Parallel()
	schema, remark, named := hub.Schema(), regexp.MustCompile(`([A-Z_]{4,}(?:,\s+[A-Z_]{4,})*): `), 0
	for def := range hub.Own {
		ofAll := append(hub.CodesOf(def.Directives, "codes"), hub.CodesOf(def.Directives, "rows")...)
		for _, f := range append(slices.Clone(def.Fields), &ast.FieldDefinition{Description: def.Description, Directives: def.Directives, Type: &ast.Type{}}) {
			ofField := hub.CodesOf(f.Directives, "codes")
			codes := append(slices.Clone(ofField), hub.CodesOf(f.Directives, "rows")...)
			for i, code := range codes {
				named++
				if schema.Types["Code"].EnumValues.ForName(code) == nil || slices.Contains(codes[:i], code) || f.Name != "" && i < len(ofField) && slices.Contains(ofAll, code) {
					t.Errorf("%s.%s names the error %s, which is no code, or stands there twice", def.Name, f.Name, code)
				}
			}
			for _, m := range remark.FindAllStringSubmatch(f.Description, -1) {
				for _, code := range regexp.MustCompile(`,\s+`).Split(m[1], -1) {
					if schema.Types["Code"].EnumValues.ForName(code) != nil && !slices.Contains(append(codes, ofAll...), code) {
						t.Errorf("the description of %s.%s explains %s, which @errors does not name", def.Name, f.Name, code)
					}
				}
			}
			if f.Type.NonNull && len(codes) > 0 || f.Type.NonNull && def.Name == "Mutation" {
				t.Errorf("%s.%s can be refused, and is not nullable", def.Name, f.Name)
			}
			if (def.Name == "Query" || def.Name == "Subscription") && len(f.Arguments) > 0 && !strings.HasPrefix(f.Name, "__") && !slices.Contains(codes, "INVALID") {
				t.Errorf("%s.%s has arguments, and does not name INVALID", def.Name, f.Name)
			}
			if def.Name == "Query" && !strings.HasPrefix(f.Name, "__") && f.Name != "" && f.Name != "viewer" && f.Type.NonNull != (len(codes) == 0) {
				t.Errorf("Query.%s is %s: a root field names its errors, or is never null", f.Name, f.Type)
			}
		}
	}
	if named < 200 {
		t.Errorf("only %d errors are named", named)
	}
}
