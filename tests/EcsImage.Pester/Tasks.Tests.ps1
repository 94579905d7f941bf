#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.1.0' }

# Imports and exports at the service, on a real PowerShell: build first, then Invoke-Pester.

BeforeAll {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $module = Join-Path $PSScriptRoot '..' '..' 'out' 'EcsImage' 'EcsImage.psd1'
    Import-Module (Resolve-Path $module) -Force
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ecsimage-pester-$([guid]::NewGuid().ToString('N'))"
    $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000

    # The module's own client of OSS is not for users: it is reached as a debugger would.
    function Get-Hidden($Object, $Name) {
        $Object.GetType().GetProperty($Name, [Reflection.BindingFlags]'Instance, Public, NonPublic').GetValue($Object)
    }
    $oss = Get-Hidden (Get-Hidden (Get-Hidden $us 'Access') 'Client') 'Oss'
    $objects = $oss.GetType().Assembly.GetType('EcsImages.Core.Oss.OssObjects')
    $never = [Threading.CancellationToken]::None
    $bucket = 'pester-bucket'
    $null = $objects.GetMethod('PutBucketAsync').Invoke($null, @($oss, 'cn-hangzhou', $bucket, $never)).GetAwaiter().GetResult()
    $disk = [byte[]]::new(1MB)
    $disk[510] = 0x55
    $disk[511] = 0xAA
    foreach ($key in 'web.raw', 'broken.qcow2') {
        $null = $objects.GetMethod('PutObjectAsync').Invoke($null, @($oss, 'cn-hangzhou', $bucket, $key, $disk, $never)).GetAwaiter().GetResult()
    }

    function Start-Import($Name, $Key = 'web.raw', $Format = 'RAW') {
        Invoke-EcsApi ImportImage @{ ImageName = $Name; DiskDeviceMapping = @{ OSSBucket = $bucket; OSSObject = $Key; Format = $Format } } -Confirm:$false
    }

    # What is begun like this takes minutes.
    function Start-SlowImport($Name) {
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.01
        Start-Import $Name
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
    }

    $reply = Start-Import imported
    $done = $reply | Wait-EcsTask
}

AfterAll {
    Disconnect-EcsAccount -All | Out-Null
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Wait-EcsTask' {
    It 'gives the task as it ended, which leads to its image' {
        $done.Status | Should -Be 'Finished'
        $done.ProgressPercent | Should -Be 100
        $done.ObjectKey | Should -Be 'web.raw'
        ($done | Get-EcsImage).Name | Should -Be 'imported'
    }

    It 'makes a failed task an error with the code of the task, and still waits for the others' {
        $broken = Start-Import broken broken.qcow2 QCOW2
        $ended = $broken, $reply | Wait-EcsTask -ErrorAction SilentlyContinue -ErrorVariable failed
        $ended.TaskId | Should -Be $reply.TaskId
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InvalidImageFormat.Malformed,*'
        $failed[0].TargetObject | Should -Be $broken.TaskId
        $failed[0].ErrorDetails.Message | Should -Match 'broken\.qcow2'
    }

    It 'gives up after -TimeoutSec, and names itself' {
        $slow = Start-SlowImport slow
        $slow | Wait-EcsTask -TimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable late | Should -BeNullOrEmpty
        $late[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimedOut,*'
        $late[0].ErrorDetails.RecommendedAction | Should -Match "Wait-EcsTask $($slow.TaskId)"
        ($slow | Stop-EcsTask -Confirm:$false).Status | Should -Be 'Cancelled'
    }
}

Describe 'Get-EcsTask' {
    It 'finds the tasks of an image' {
        $export = Invoke-EcsApi ExportImage @{ ImageId = $reply.ImageId; OSSBucket = $bucket } -Confirm:$false
        $null = $export | Wait-EcsTask
        $tasks = Get-EcsImage -Name imported | Get-EcsTask
        $tasks | Should -HaveCount 2
        $tasks.Action | Sort-Object | Should -Be @('ExportImage', 'ImportImage')
    }

    It 'filters by states, in any case' {
        (Get-EcsTask -Status finished -Action ImportImage).TaskId | Should -Contain $reply.TaskId
        Get-EcsTask -Status Waiting | Should -BeNullOrEmpty
    }

    It 'takes an object that was serialized' {
        $copy = $done | ConvertTo-Json | ConvertFrom-Json
        ($copy | Get-EcsTask).TaskId | Should -Be $done.TaskId
    }

    It 'makes an unknown id an error with the code of the API' {
        Get-EcsTask t-missing -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTaskId.NotFound,*'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'fits a table into 100 columns: every column is there, and nothing is cut' {
        $lines = ($done | Format-Table | Out-String -Width 100) -replace '\e\[[\d;]*m' -split '\r?\n' | Where-Object { $_.Trim() }
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 100
        -split $lines[0] | Should -Be @('TaskId', 'Action', 'Region', 'Resource', 'Status')
        -split $lines[2] | Should -Be @($done.TaskId, 'ImportImage', 'cn-hangzhou', $done.ResourceId, 'Finished')
    }

    It 'lists the objects, and no error where there is none' {
        $list = $done | Format-List | Out-String
        $list | Should -Match 'Objects\s*: web\.raw'
        $list | Should -Not -Match 'ErrorCode'
    }
}

Describe 'Stop-EcsTask' {
    It 'says what it would do, and does not' {
        $running = Start-SlowImport running
        $running | Stop-EcsTask -WhatIf | Should -BeNullOrEmpty
        (Get-EcsTask $running.TaskId).Status | Should -Be 'Processing'
        $running | Stop-EcsTask -Confirm:$false | Should -HaveCount 1
        Get-EcsImage -Name running | Should -BeNullOrEmpty
    }

    It 'refuses what is over, in words' {
        $done | Stop-EcsTask -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InvalidTaskId.IncorrectTaskStatus,*'
        $failed[0].ErrorDetails.Message | Should -Match 'Finished already'
    }
}

Describe 'Tab' {
    It 'completes <line>' -ForEach @(
        @{ line = 'Get-EcsTask -Action Imp'; expected = 'ImportImage' }
        @{ line = 'Get-EcsTask -Status Fin'; expected = 'Finished' }
    ) {
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Contain $expected
    }
}
