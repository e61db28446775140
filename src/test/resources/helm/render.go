// Renders the templates of a chart the way Helm does, as far as this chart needs it: for machines
// that have Go and no Helm. Reads {"Values","Release","Chart","Files"} from standard input; the
// argument is the directory of the templates. A function that is not here fails, as in Helm.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"text/template"
)

type files map[string]string

func (f files) Get(name string) string { return f[name] }

func main() {
	var given struct {
		Values, Release, Chart map[string]any
		Files                  files
	}
	decoder := json.NewDecoder(os.Stdin)
	decoder.UseNumber()
	check(decoder.Decode(&given))
	names, err := filepath.Glob(filepath.Join(os.Args[1], "*"))
	check(err)
	all := template.New("chart").Option("missingkey=zero")
	all.Funcs(functions(all))
	for _, name := range names {
		text, err := os.ReadFile(name)
		check(err)
		template.Must(all.New(filepath.Base(name)).Parse(string(text)))
	}
	data := map[string]any{
		"Values": given.Values, "Release": given.Release, "Chart": given.Chart, "Files": given.Files,
	}
	for _, name := range names {
		if filepath.Ext(name) == ".yaml" {
			fmt.Println("---")
			check(all.ExecuteTemplate(os.Stdout, filepath.Base(name), data))
		}
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func functions(all *template.Template) template.FuncMap {
	return template.FuncMap{
		"include": func(name string, data any) (string, error) {
			var out strings.Builder
			err := all.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"required": func(message string, value any) (any, error) {
			if empty(value) {
				return nil, fmt.Errorf("%s", message)
			}
			return value, nil
		},
		"fail": func(message string) (string, error) { return "", fmt.Errorf("%s", message) },
		"default": func(otherwise, value any) any {
			if empty(value) {
				return otherwise
			}
			return value
		},
		"contains":   func(part, whole string) bool { return strings.Contains(whole, part) },
		"trimSuffix": func(suffix, text string) string { return strings.TrimSuffix(text, suffix) },
		"trunc": func(length int, text string) string {
			if len(text) > length {
				return text[:length]
			}
			return text
		},
		"quote": func(value any) string { return strconv.Quote(fmt.Sprint(value)) },
		"nindent": func(spaces int, text string) string {
			pad := strings.Repeat(" ", spaces)
			return "\n" + pad + strings.ReplaceAll(text, "\n", "\n"+pad)
		},
		"toYaml":    func(value any) string { return strings.TrimSuffix(yaml(value, ""), "\n") },
		"splitList": func(separator, text string) []string { return strings.Split(text, separator) },
		"first":     func(list []string) string { return list[0] },
		"int":       number,
		"add":       func(a, b any) int { return number(a) + number(b) },
		"max": func(a, b any) int {
			if number(a) > number(b) {
				return number(a)
			}
			return number(b)
		},
		"concat": func(lists ...[]any) []any {
			var all []any
			for _, list := range lists {
				all = append(all, list...)
			}
			return all
		},
		"dict": func(pairs ...any) map[string]any {
			all := map[string]any{}
			for i := 0; i+1 < len(pairs); i += 2 {
				all[pairs[i].(string)] = pairs[i+1]
			}
			return all
		},
	}
}

func empty(value any) bool {
	truth, _ := template.IsTrue(value)
	return !truth
}

func number(value any) int {
	whole, err := strconv.Atoi(fmt.Sprint(value))
	check(err)
	return whole
}

// A mapping or a list as a block, anything else as JSON, which YAML reads as well.
func yaml(value any, pad string) string {
	var out strings.Builder
	switch node := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(node))
		for key := range node {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			out.WriteString(pad + strconv.Quote(key) + ":" + child(node[key], pad))
		}
	case []any:
		for _, item := range node {
			out.WriteString(pad + "-" + child(item, pad))
		}
	default:
		text, err := json.Marshal(value)
		check(err)
		out.WriteString(pad + string(text) + "\n")
	}
	return out.String()
}

func child(value any, pad string) string {
	if block := yaml(value, pad+"  "); !empty(value) && strings.Contains(kind(value), "block") {
		return "\n" + block
	}
	text, err := json.Marshal(value)
	check(err)
	return " " + string(text) + "\n"
}

func kind(value any) string {
	switch value.(type) {
	case map[string]any, []any:
		return "block"
	}
	return "plain"
}
