package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"regexp"

	harvest "github.com/GIT_USER_ID/GIT_REPO_ID"
)

var next = regexp.MustCompile(`<([^>]*)>; *rel="next"`)

func main() {
	configuration := harvest.NewConfiguration()
	configuration.Servers = harvest.ServerConfigurations{{URL: os.Getenv("HARVEST_URL")}}
	client := harvest.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), harvest.ContextAccessToken, os.Getenv("HARVEST_ACCESS_TOKEN"))
	request := client.UsersAPI.ListUsers(ctx).PerPage(10)
	for {
		users, answer, err := request.Execute()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, user := range users {
			fmt.Println(user.GetId())
		}
		found := next.FindStringSubmatch(answer.Header.Get("Link"))
		if found == nil {
			return
		}
		page, err := url.Parse(found[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		request = client.UsersAPI.ListUsers(ctx).Cursor(page.Query().Get("cursor"))
	}
}
