"""Slack: payloads become `bot.incoming`, posts become blocks, and one application serves any number of workspaces."""
