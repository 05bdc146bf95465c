# The outside values of weighted kappa from R, beside outside_values.json.
#
# Debian: apt-get install r-base-core r-cran-psych r-cran-vcd
# Rscript make_r_values.R
#
# It writes r_values.json beside itself, of the tables of make_outside_values.py. psych's cohen.kappa takes the votes
# one by one, vcd's Kappa takes the table. (The package irr is not among Debian's; its kappa2 is this same coefficient.)

suppressPackageStartupMessages({library(psych); library(vcd)})

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))

# Yes, abstain, no: a pair much alike, one opposed, one with a prevalent choice, different marginals, small, large.
tables <- list(
  balanced = c(20, 5, 1, 6, 18, 4, 2, 3, 15),
  opposed = c(2, 9, 40, 3, 4, 12, 25, 8, 1),
  prevalent = c(330, 40, 1, 45, 14, 8, 1, 7, 1),
  biased = c(10, 30, 25, 0, 12, 20, 0, 1, 9),
  small = c(3, 1, 0, 0, 1, 1, 0, 0, 1),
  large = c(2901, 310, 44, 512, 388, 97, 61, 140, 402)
)
linear <- 1 - abs(outer(1:3, 1:3, "-")) / 2
squared <- 1 - outer(1:3, 1:3, "-")^2 / 4

number <- function(value) trimws(formatC(value, digits = 15, format = "g"))

one <- function(name) {
  counts <- matrix(tables[[name]], 3, byrow = TRUE)
  cells <- which(counts > 0, arr.ind = TRUE)
  votes <- cells[rep(seq_len(nrow(cells)), counts[cells]), ]
  found <- list(
    kappa_lin = c(psych = suppressWarnings(cohen.kappa(votes, w = linear))$weighted.kappa,
                  vcd = unname(Kappa(counts, weights = "Equal-Spacing")$Weighted["value"])),
    kappa_sq = c(psych = suppressWarnings(cohen.kappa(votes, w = squared))$weighted.kappa,
                 vcd = unname(Kappa(counts, weights = "Fleiss-Cohen")$Weighted["value"]))
  )
  rows <- vapply(1:3, function(i) sprintf("[%s]", paste(counts[i, ], collapse = ", ")), "")
  values <- vapply(names(found), function(measure) sprintf(
    '"%s": {"psych": %s, "vcd": %s}', measure, number(found[[measure]][["psych"]]), number(found[[measure]][["vcd"]])
  ), "")
  sprintf('  "%s": {\n   "table": [%s],\n   "values": {%s}\n  }', name, paste(rows, collapse = ", "), paste(values, collapse = ", "))
}

made <- sprintf('{\n "made_with": {"R": "%s", "psych": "%s", "vcd": "%s"},\n "tables": {\n%s\n }\n}',
                paste(R.version$major, R.version$minor, sep = "."), packageVersion("psych"), packageVersion("vcd"),
                paste(vapply(names(tables), one, ""), collapse = ",\n"))
writeLines(made, file.path(folder, "r_values.json"))
