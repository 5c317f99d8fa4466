package main

import (
	"context"
	"fmt"
	"os"

	harvest "github.com/GIT_USER_ID/GIT_REPO_ID"
)

func main() {
	configuration := harvest.NewConfiguration()
	configuration.Servers = harvest.ServerConfigurations{{URL: os.Getenv("HARVEST_URL")}}
	client := harvest.NewAPIClient(configuration)
	key := harvest.BasicAuth{UserName: os.Getenv("HARVEST_API_KEY")}
	ctx := context.WithValue(context.Background(), harvest.ContextBasicAuth, key)
	for page := int32(1); ; page++ {
		users, _, err := client.UsersAPI.ListUsers(ctx).PerPage(10).Page(page).Execute()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, user := range users {
			fmt.Println(user.GetId())
		}
		if len(users) < 10 {
			return
		}
	}
}
