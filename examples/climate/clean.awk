# Readings to clean days: date, rain in mm, highest, lowest and mean temperature in degrees Celsius.
# A day that cannot be right is left out, and named on standard error.
BEGIN { FS = ","; print "date,rain_mm,high_c,low_c,mean_c" }
NR == 1 { next }
$2 !~ /^[0-9]+-[0-9]+-[0-9]+$/ || $3 == "" || $4 == "" || $5 == "" || $3 < 0 || $5 > $4 || $4 > 60 || $5 < -90 {
  print "line " NR " left out: " $0 > "/dev/stderr"
  next
}
{ printf "%s,%.1f,%.1f,%.1f,%.2f\n", $2, $3, $4, $5, ($4 + $5) / 2 }
