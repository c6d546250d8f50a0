$(BUILD)/src/notes/tables.c.o: $(wildcard src/notes/*.txt)
