# shellcheck shell=bash disable=SC2034
# Sourced by the scripts: where the job jar, libtorch and Spark's jars are, how to build them, how to start a JVM for Spark.
# Sets: home job_jar natives_dir built_spark. The caller has set -euo pipefail.

# A script may be reached through links; -P makes the folder's own path of it.
home=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
modules=("$home/engine" "$home/connectors" "$home/spark-job")
built_jar=$home/spark-job/target/firesteel.jar
built_spark=$home/spark-job/target/spark
job_jar=${FIRESTEEL_JAR:-$built_jar}
natives_dir=$(dirname -- "$job_jar")/natives

# The command line or the environment is wrong.
refuse() { # message
  printf '%s\n' "$1" >&2
  exit 2
}

# What should have worked didn't.
fail() { # message
  printf '%s\n' "$1" >&2
  exit 70
}

# A property of the parent pom, so that tests and launcher give a JVM the same options.
pom_property() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$home/pom.xml" | head -n 1
}

java_command() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    printf '%s' "$JAVA_HOME/bin/java"
  else
    printf 'java'
  fi
}

require_java() {
  command -v "$(java_command)" >/dev/null ||
    refuse "Cannot start Java: $(java_command) not found; install a JDK 17 or set JAVA_HOME to one"
}

# True where nothing is to be built: the jar is younger than every source and pom, and all jars of Spark are in place.
is_built() {
  [[ -f $built_jar && -d $built_spark/jars ]] || return 1
  [[ -z $(find -L "$built_spark/jars" -type l -print -quit) ]] || return 1
  local sources=("$home/pom.xml") module
  for module in "${modules[@]}"; do
    sources+=("$module/pom.xml" "$module/src/main")
  done
  [[ -z $(find "${sources[@]}" -newer "$built_jar" -print -quit) ]]
}

build() {
  local log=$home/target/build.log begun=$home/target/build.begun
  command -v mvn >/dev/null || refuse "Cannot build the job jar: mvn not found; install Maven 3.8 or later"
  echo "Building firesteel.jar (first use or newer sources; log: $log)" >&2
  touch "$begun"
  if ! (cd "$home" && mvn -B -ntp -pl spark-job -am -DskipTests package) >"$log" 2>&1 </dev/null; then
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || true
    fail "Cannot build the job jar: Maven failed; its whole output is in $log"
  fi
  # A source that was saved during the build is newer than what the jar holds of it.
  touch -r "$begun" "$built_jar"
}

# Builds what is missing or old, once, even where two commands start at the same time.
ensure_built() {
  [[ -z ${FIRESTEEL_JAR:-} ]] || return 0
  is_built && return 0
  mkdir -p "$home/target"
  (
    flock 9
    is_built || build
  ) 9>"$home/target/build.lock"
}

# Where Spark's jars are: the user's own Spark, else the jars that Maven resolved.
spark_home() {
  printf '%s' "${SPARK_HOME:-$built_spark}"
}
