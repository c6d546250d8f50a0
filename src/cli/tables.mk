$(BUILD)/src/cli/command_completion.c.o: $(wildcard src/cli/completion/lectern.*)
