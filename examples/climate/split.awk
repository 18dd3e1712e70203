# The header, and the rows of one station in one year.
# Variables: station, year. Columns: location, date (YYYY-MM-DD), precipitation, ...
BEGIN { FS = "," }
NR == 1 || ($1 == station && substr($2, 1, 4) == year)
