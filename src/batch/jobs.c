#include "batch/batch.h"

// The files that run a plan. Each task is one shard by its number; running one twice is harmless, since a finished part is passed over.

// a word of a shell command
static void put_word(fsc_buf *out, fsc_view word)
{
    fsc_buf_char(out, '\'');
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] == '\'')
            fsc_buf_adds(out, "'\\''");
        else
            fsc_buf_char(out, word.data[i]);
    fsc_buf_char(out, '\'');
}

static void put_command(fsc_buf *out, const fsc_view *command, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fsc_buf_char(out, ' ');
        put_word(out, command[i]);
    }
}

static void put_shard(fsc_buf *out, const fsc_plan *p, const char *folder, const char *here, const fsc_view *command, size_t count)
{
    fsc_buf_printf(out, "#!/bin/sh\n# One shard of %zu: sh shard.sh NUMBER. A finished one is passed over, an interrupted one goes on.\nset -eu\ncd ", p->count);
    put_word(out, fsc_view_cstr(here));
    fsc_buf_adds(out, "\nfolder=");
    put_word(out, fsc_view_cstr(folder));
    fsc_buf_adds(out, "\ncase ${#1} in 1) n=000$1 ;; 2) n=00$1 ;; 3) n=0$1 ;; *) n=$1 ;; esac\n");
    fsc_buf_printf(out, "part=$folder/part-$n.%.*s\n", (int)p->extension.len, p->extension.data);
    fsc_buf_adds(out, "exec \"${FRAMESCOPE:-framescope}\"");
    put_command(out, command, count);
    fsc_buf_adds(out, " --plan \"$folder/plan.jsonl\" --shard \"$1\" --resume --quiet -j \"${SLURM_CPUS_PER_TASK:-1}\" -o \"$part\"\n");
}

static void put_slurm(fsc_buf *out, const fsc_plan *p, const char *folder, const char *here)
{
    fsc_buf_printf(out, "#!/bin/bash\n# sbatch slurm.sh; a node that dies costs nothing but time. A site may limit the size of an array (scontrol show config | grep\n"
                        "# MaxArraySize): then submit it in pieces, sbatch --array=1-1000 slurm.sh. When all tasks are done, whatever became of them:\n"
                        "# framescope merge FOLDER -o FILE checks the parts and names those to run again.\n#SBATCH --job-name=framescope\n#SBATCH --array=1-%zu\n", p->count);
    fsc_buf_adds(out, "#SBATCH --requeue\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=1\n#SBATCH --mem=1G\n#SBATCH --open-mode=append\n#SBATCH --output=");
    fsc_buf_printf(out, "%s%s%s/log/%%a.log\n", folder[0] == '/' ? "" : here, folder[0] == '/' ? "" : "/", folder);
    fsc_buf_adds(out, "cd ");
    put_word(out, fsc_view_cstr(here));
    fsc_buf_adds(out, "\nexec sh ");
    put_word(out, fsc_view_cstr(folder));
    fsc_buf_adds(out, "/shard.sh \"$SLURM_ARRAY_TASK_ID\"\n");
}

static void put_parallel(fsc_buf *out, const fsc_plan *p, const char *folder, const char *here)
{
    fsc_buf_printf(out, "#!/bin/sh\n# All %zu shards with GNU parallel on the cores of this machine (JOBS of them at a time). Run again, it does only what failed.\n"
                        "set -eu\ncd ", p->count);
    put_word(out, fsc_view_cstr(here));
    fsc_buf_adds(out, "\nfolder=");
    put_word(out, fsc_view_cstr(folder));
    fsc_buf_printf(out, "\nseq %zu | parallel --will-cite --jobs \"${JOBS:-100%%}\" --joblog \"$folder/joblog\" --resume-failed sh \"$folder/shard.sh\" {}\n", p->count);
}

static void put_spark(fsc_buf *out, const fsc_view *command, size_t count)
{
    fsc_buf_adds(out, "# Spark: records of JSONL through the filter, one line out for one in. spark-submit spark.py INPUT OUTPUT\n"
                      "# framescope must be on the PATH of every executor; checkCode makes a partition that was cut short fail.\n"
                      "import sys\nfrom pyspark.sql import SparkSession\n\n"
                      "lines = SparkSession.builder.appName('framescope').getOrCreate().sparkContext.textFile(sys.argv[1])\n"
                      "lines.pipe(\"framescope");
    // inside a Python string of double quotes, which the shell words of Spark's pipe read again
    for (size_t i = 0; i < count; i++) {
        fsc_buf word;
        fsc_buf_init(&word, NULL, 1u << 20);
        put_word(&word, command[i]);
        fsc_buf_char(out, ' ');
        for (size_t k = 0; k < word.len; k++) {
            if (word.data[k] == '"' || word.data[k] == '\\')
                fsc_buf_char(out, '\\');
            fsc_buf_char(out, word.data[k]);
        }
        fsc_buf_release(&word);
    }
    fsc_buf_adds(out, " --from jsonl --filter -\", checkCode=True).saveAsTextFile(sys.argv[2])\n");
}

void fsc_plan_jobs(fsc_job_file out[FSC_JOB_FILES], const fsc_plan *p, const char *folder, const char *here, const fsc_view *command, size_t count)
{
    static const char *const name[FSC_JOB_FILES] = {"shard.sh", "slurm.sh", "parallel.sh", "spark.py"};
    for (int i = 0; i < FSC_JOB_FILES; i++) {
        out[i].name = name[i];
        fsc_buf_init(&out[i].text, NULL, 1u << 24);
    }
    put_shard(&out[0].text, p, folder, here, command, count);
    put_slurm(&out[1].text, p, folder, here);
    put_parallel(&out[2].text, p, folder, here);
    put_spark(&out[3].text, command, count);
}
