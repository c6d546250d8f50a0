$(BUILD)/src/analysis/technology_table.c.o: src/analysis/technologies.tsv
